"""The rounds of a practice on one line of time, joined only where that tells the truth."""

from collections.abc import Mapping, Sequence

from members.assessments.models import Report
from members.assessments.questionnaires import Item, Questionnaire
from members.assessments.services.figures import Moment, number_of
from members.assessments.services.finishing import fraction
from members.assessments.trends import Joint, Step, step_between
from members.assessments.versions import comparable_codes
from thuisbasis.base.components import Number


def history_of(report: Report) -> list[Report]:
    """Return the practice's reports with this instrument up to this one, the oldest first, the latest of each round."""
    assessment = report.assessment
    rows = Report.objects.filter(
        assessment__practice=assessment.practice_id,
        assessment__round__version__instrument=assessment.version.instrument_id,
        assessment__round__opens_date__lte=assessment.round.opens_date,
    ).select_related("assessment__round__version__instrument", "assessment__round__version__replaces__instrument")
    latest = {row.assessment_id: row for row in rows.order_by("revision")}
    latest[assessment.pk] = report
    return sorted(latest.values(), key=lambda row: (row.assessment.round.opens_date, row.assessment_id))


def moments_of(report: Report) -> tuple[Moment, ...]:
    """Return the rounds up to this report with their scores and the steps between them."""
    history = history_of(report)
    found = []
    for before, after in zip([None, *history], history, strict=False):
        content = after.content
        values = {code: number_of(fraction(row["value"])) for code, row in content["sections"].items()}
        values[""] = number_of(fraction(content["overall"]))
        steps = _steps(before, after) if before is not None else {}
        found.append(Moment(title=after.assessment.round.title, values=values, steps=steps))
    return tuple(found)


def _steps(before: Report, after: Report) -> dict[str, Step]:
    old, new = before.assessment.version, after.assessment.version
    links = {} if new.replaces_id != old.pk else new.item_links
    asked = (old.questionnaire, new.questionnaire)
    same = comparable_codes(*asked, links) if old.pk != new.pk else {item.code: item.code for item in asked[1].items}
    steps = {}
    for section in asked[1].sections:
        now_asked = asked[1].asked(after.content["profile"], section)
        steps[section.code] = step_between(
            before=(_old_items(asked[0], before, section.code, same, now_asked), _choices(before)),
            after=(now_asked, _choices(after)),
            links=same,
            rules=asked[1].rules,
        )
    return steps


def _old_items(
    old: Questionnaire, before: Report, code: str, same: Mapping[str, str], now_asked: Sequence[Item]
) -> Sequence[Item]:
    """Return what the older version asked in this section, or where its items went."""
    section = old.section(code)
    if section is not None:
        return old.asked(before.content["profile"], section)
    here = {item.code for item in now_asked}
    return [item for item in old.asked(before.content["profile"]) if same.get(item.code) in here]


def _choices(report: Report) -> dict[str, str]:
    return {code: row["choice"] for code, row in report.content["answers"].items()}


def before_of(moments: Sequence[Moment]) -> dict[str, Number]:
    """Return the scores of the round before where a line may join them."""
    if len(moments) < 2:
        return {}
    steps = moments[-1].steps
    joined = {code: number_of(step.before) for code, step in steps.items() if step.joint == Joint.LINE}
    every = bool(steps) and all(step.joint == Joint.LINE for step in steps.values())
    return {**joined, "": moments[-2].values[""]} if every else joined
