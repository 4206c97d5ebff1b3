"""Reports and empty forms on paper, and a report's figures as a file."""

from typing import Any

from django.utils.translation import gettext as _

from members.assessments.models import InstrumentVersion
from members.assessments.services.figures import ItemFigure, Number, TeamReport
from thuisbasis.base.paper import as_pdf
from thuisbasis.base.sheets import as_csv


def paper_form(*, version: InstrumentVersion) -> bytes:
    """Return an empty form to fill in by hand; raises CannotPrint."""
    questionnaire = version.questionnaire
    extra = [("", version.unknown_label)] if version.is_scored else []
    context = {"version": version, "questionnaire": questionnaire, "extra": extra}
    return as_pdf("members/assessments/paper_print.html", context)


def report_csv(report: TeamReport) -> bytes:
    """Return the figures of a report, as they stand on its page, for a spreadsheet.

    Text of an instrument with a licence stays out: codes stand for it.
    """
    shows_text = not report.report.assessment.version.is_licensed
    return as_csv(_lines(report, shows_text=shows_text))


def _lines(report: TeamReport, *, shows_text: bool) -> list[list[str]]:
    scored = report.is_scored
    head = [_("Soort"), _("Code"), _("Naam")]
    head += [_("Jullie"), _("Andere praktijken"), _("Praktijken als jullie"), _("Vorige keer")] if scored else []
    head += [_("Afgesproken"), _("Beoordelaars"), _("Toelichting")]
    lines = [head]
    if report.overall is not None:
        lines.append([_("Totaal"), "", "", *_numbers(report.overall), "", "", ""])
    for section in report.sections:
        numbers = _numbers(section.figure) if scored else []
        name = section.section.title if shows_text else ""
        lines.append([_("Domein"), section.section.code, name, *numbers, "", "", ""])
        lines += [_item_line(item, scored=scored, shows_text=shows_text) for item in section.items]
    return lines


def _numbers(figure: Any) -> list[str]:
    shown: list[Number] = [figure.value, figure.peers_median, figure.alike_median, figure.before]
    return [number.text for number in shown]


def _item_line(item: ItemFigure, *, scored: bool, shows_text: bool) -> list[str]:
    low, high = item.low.text, item.high.text
    spread = low if low == high else f"{low} – {high}"
    return [
        _("Vraag"),
        item.item.code,
        item.item.text if shows_text else "",
        *(_numbers(item.figure) if scored else []),
        item.label if shows_text else item.choice,
        spread if scored else ", ".join(f"{count}× {label}" for label, count in item.counts),
        item.note,
    ]
