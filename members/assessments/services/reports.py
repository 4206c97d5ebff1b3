"""The report of a team: one set of figures, from which the page, the PDF and the CSV are all made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from members.assessments.models import Benchmark as BenchmarkRow
from members.assessments.models import Evidence, Report
from members.assessments.questionnaires import Item, Questionnaire, Section
from members.assessments.scoring import SumScore, band_of, item_score
from members.assessments.services.figures import (
    Figure,
    ItemFigure,
    Points,
    SectionFigure,
    TeamReport,
    number_of,
    percent_of,
    whole_of,
)
from members.assessments.services.finishing import fraction
from members.assessments.services.history import before_of, moments_of
from members.assessments.services.rounds import ALIKE, EVERYONE, benchmark_in
from thuisbasis.base.components import NOTHING, Number


@dataclass(frozen=True, kw_only=True)
class _Beside:
    """What stands beside the figures of a report."""

    peers: BenchmarkRow | None
    alike: BenchmarkRow | None
    before: Mapping[str, Number]
    evidence: Mapping[str, list[Evidence]]


def team_report(*, report: Report) -> TeamReport:
    """Return a report with what it may be compared with; as many queries whatever the number of rounds."""
    assessment = report.assessment
    questionnaire = assessment.version.questionnaire
    moments = moments_of(report) if questionnaire.is_scored else ()
    rows = BenchmarkRow.objects.filter(round=assessment.round_id, practice=assessment.practice_id)
    benchmarks = {row.peer_group: row for row in rows}
    evidence: dict[str, list[Evidence]] = {}
    for row in Evidence.objects.filter(assessment=assessment):
        evidence.setdefault(row.item_code, []).append(row)
    beside = _Beside(
        peers=benchmarks.get(EVERYONE),
        alike=benchmarks.get(ALIKE),
        before=before_of(moments),
        evidence=evidence,
    )
    content = report.content
    return TeamReport(
        report=report,
        questionnaire=questionnaire,
        is_scored=questionnaire.is_scored,
        overall=_figure("", "", fraction(content["overall"]), questionnaire, beside)
        if questionnaire.is_scored
        else None,
        sections=tuple(_section(section, content, questionnaire, beside) for section in questionnaire.sections),
        moments=moments,
        points=_points(content.get("points")),
        round_is_closed=assessment.round.closed_at is not None,
    )


def _figure(
    code: str,
    title: str,
    value: Fraction | None,
    asked: Questionnaire,
    beside: _Beside,
    *,
    number: Callable[[Fraction | None], Number] = number_of,
) -> Figure:
    band = band_of(value, asked.bands)
    return Figure(
        code=code,
        title=title,
        value=number(value),
        band=band.label if band else "",
        peers=benchmark_in(beside.peers, code),
        alike=benchmark_in(beside.alike, code),
        before=beside.before.get(code, NOTHING),
    )


def _section(section: Section, content: Mapping[str, Any], asked: Questionnaire, beside: _Beside) -> SectionFigure:
    scored = content.get("sections", {}).get(section.code, {})
    items = asked.asked(content["profile"], section)
    return SectionFigure(
        section=section,
        figure=_figure(section.code, section.title, fraction(scored.get("value")), asked, beside),
        items=tuple(_item(item, content, asked, beside) for item in items),
        answered=scored.get("answered", 0),
        asked=scored.get("asked", len(items)),
        not_applicable=scored.get("not_applicable", 0),
        is_flagged=scored.get("is_flagged", False),
    )


def _item(item: Item, content: Mapping[str, Any], asked: Questionnaire, beside: _Beside) -> ItemFigure:
    answer = content["answers"].get(item.code, {"choice": "", "reason": "", "note": ""})
    spread = content["spreads"].get(item.code, {"counts": {}, "lowest": None, "highest": None})
    low, high = fraction(spread["lowest"]), fraction(spread["highest"])
    counts = ((asked.label(item, code), number) for code, number in spread["counts"].items() if number)
    return ItemFigure(
        item=item,
        figure=_figure(item.code, item.text, item_score(item, answer["choice"]), asked, beside, number=whole_of),
        choice=answer["choice"],
        label=asked.label(item, answer["choice"]),
        note=answer["note"],
        reason=answer["reason"],
        counts=tuple(counts),
        low=whole_of(low),
        high=whole_of(high),
        spread=high - low if low is not None and high is not None else Fraction(0),
        evidence=tuple(beside.evidence.get(item.code, [])),
    )


def _points(found: Mapping[str, Any] | None) -> Points | None:
    if not found:
        return None
    values = {name: fraction(value) or Fraction(0) for name, value in found.items()}
    total = SumScore(**values)
    return Points(
        points=whole_of(total.points),
        raw_percent=percent_of(total.raw_percent),
        rescaled_percent=percent_of(total.rescaled_percent),
    )
