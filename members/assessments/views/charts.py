"""The figures of a report as charts; the numbers are the report's own."""

from decimal import Decimal

from django.utils.translation import gettext as _

from members.assessments.questionnaires import Questionnaire
from members.assessments.services.figures import Figure, ItemFigure, SectionFigure, TeamReport, number_of
from members.assessments.services.network import NetworkRound
from members.assessments.trends import Joint
from thuisbasis.base.components import (
    NOTHING,
    DotPlot,
    DotRow,
    StackedBars,
    StackRow,
    Tick,
    TrendChart,
    TrendPoint,
    TrendSeries,
)

SCALE = tuple(Tick(value=Decimal(step), label=str(step)) for step in (1, 2, 3, 4))


def ticks_of(questionnaire: Questionnaire) -> list[Tick]:
    """Return where bands begin, with their names; whole numbers where there are no bands."""
    found = [Tick(value=band.lowest, label=_comma(band.lowest)) for band in questionnaire.bands]
    return [*found, Tick(value=Decimal(4), label="4")] if found else list(SCALE)


def _comma(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def _row(figure: Figure, label: str, remark: str = "") -> DotRow:
    return DotRow(
        code=figure.code, label=label, own=figure.value, peers=figure.peers_median, before=figure.before, remark=remark
    )


def domain_plot(report: TeamReport) -> DotPlot:
    """Return the domains on one axis."""
    rows = [_row(row.figure, row.section.title, _remark(row)) for row in report.sections]
    scored = [row for row in rows if row.own.value is not None]
    summary = _("Er is nog geen domein met een cijfer.")
    if scored:
        best, least = max(scored, key=_own), min(scored, key=_own)
        words = {"best": best.label, "most": best.own.text, "least": least.label, "fewest": least.own.text}
        summary = _("Het hoogst is “%(best)s” met %(most)s, het laagst “%(least)s” met %(fewest)s.") % words
    return DotPlot(
        identity="domeinen",
        title=_("De domeinen, op een schaal van 1 tot 4"),
        summary=summary,
        rows=rows,
        ticks=ticks_of(report.questionnaire),
        row_label=_("Domein"),
        own_label=_("Jullie"),
    )


def _own(row: DotRow) -> Decimal:
    return row.own.value or Decimal(0)


def _remark(row: SectionFigure) -> str:
    if row.is_flagged:
        return _("veel “niet van toepassing”")
    if row.figure.value.value is None:
        return _("te weinig antwoorden: %(answered)d van %(asked)d") % {"answered": row.answered, "asked": row.asked}
    return row.figure.band


def item_plot(section: SectionFigure) -> DotPlot:
    """Return the items of a domain on one axis, with how far the raters lay apart."""
    rows = [_item_row(item) for item in section.items]
    wide = [row.code for row in rows if row.low.value is not None and row.low.value != row.high.value]
    title = _("De vragen van “%(title)s”") % {"title": section.section.title}
    summary = _("Bij %(codes)s waren de beoordelaars het niet meteen eens.") % {"codes": ", ".join(wide)}
    return DotPlot(
        identity=f"vragen-{section.section.code}",
        title=title,
        summary=summary if wide else _("De beoordelaars waren het over elke vraag eens."),
        rows=rows,
        ticks=list(SCALE),
        row_label=_("Vraag"),
        own_label=_("Afgesproken"),
        range_label=_("Beoordelaars"),
    )


def _item_row(item: ItemFigure) -> DotRow:
    return DotRow(
        code=item.item.code,
        label=item.item.text,
        own=item.figure.value,
        peers=item.figure.peers_median,
        low=item.low,
        high=item.high,
        remark=item.label,
    )


def trend_chart(report: TeamReport) -> TrendChart | None:
    """Return the domains through the rounds; None in a first round."""
    if len(report.moments) < 2:
        return None
    series = [
        TrendSeries(code=row.section.code, label=row.section.title, points=_points(report, row.section.code))
        for row in report.sections
    ]
    return TrendChart(
        identity="trend",
        title=_("De domeinen door de tijd"),
        summary=_trend_summary(report),
        series=series,
    )


def _points(report: TeamReport, code: str) -> list[TrendPoint]:
    found = []
    for moment in report.moments:
        step = moment.steps.get(code)
        found.append(
            TrendPoint(
                label=moment.title,
                number=moment.values.get(code, NOTHING),
                joint=step.joint.value if step else Joint.GAP.value,
                linked_from=number_of(step.before) if step else NOTHING,
                linked_to=number_of(step.after) if step else NOTHING,
            )
        )
    return found


def _trend_summary(report: TeamReport) -> str:
    steps = [step for step in report.moments[-1].steps.values() if step.before is not None and step.after is not None]
    up = sum((number_of(step.after).value or 0) > (number_of(step.before).value or 0) for step in steps)
    down = sum((number_of(step.after).value or 0) < (number_of(step.before).value or 0) for step in steps)
    words = {"up": up, "down": down, "same": len(steps) - up - down}
    return _("Sinds de vorige keer: %(up)d omhoog, %(down)d omlaag, %(same)d gelijk.") % words


def condition_bars(report: TeamReport) -> StackedBars:
    """Return how the agreed answers are divided over the conditions; never a score."""
    labels = report.questionnaire.labels
    rows = [
        StackRow(
            label=section.section.title,
            counts=[sum(item.choice == code for item in section.items) for code, _label in labels],
        )
        for section in report.sections
    ]
    answered = sum(sum(row.counts) for row in rows)
    summary = _("%(count)d vragen zijn besproken; de balken laten zien wat er is afgesproken.") % {"count": answered}
    return StackedBars(
        identity="voorwaarden",
        title=_("Wat er is afgesproken, per onderwerp"),
        summary=summary,
        choices=[label for _code, label in labels],
        rows=[row for row in rows if sum(row.counts)],
        row_label=_("Onderwerp"),
    )


def network_plot(row: NetworkRound) -> DotPlot | None:
    """Return the middle of the network by domain; None when the rules allow none."""
    named = [("", _("Totaal")), *row.sections]
    rows = []
    for code, title in named:
        found = row.benchmarks.get(code)
        if found is None or found.median is None:
            continue
        low, high = number_of(found.lower_quartile), number_of(found.upper_quartile)
        remark = _("%(count)d praktijken") % {"count": found.count}
        rows.append(
            DotRow(code=code or "∑", label=title, own=number_of(found.median), low=low, high=high, remark=remark)
        )
    if not rows:
        return None
    return DotPlot(
        identity=f"netwerk-{row.round.pk}",
        title=_("Het midden van het netwerk, %(round)s") % {"round": row.round},
        summary=_("Een stip is de middelste praktijk. De balk is de middelste helft, vanaf tien praktijken."),
        rows=rows,
        ticks=ticks_of(row.round.version.questionnaire),
        row_label=_("Domein"),
        own_label=_("Middelste waarde"),
        range_label=_("Middelste helft"),
    )


def absence_text(reason: str) -> str:
    """Return why there is nothing to compare with, in words."""
    return {
        "too_few_practices": _("Er deden te weinig andere praktijken mee om te vergelijken (minstens vijf)."),
        "too_few_providers": _("De andere praktijken horen bij te weinig zorgaanbieders (minstens drie)."),
        "one_provider": _("Meer dan de helft van de andere praktijken hoort bij één zorgaanbieder."),
    }.get(reason, "")
