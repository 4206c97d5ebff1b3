"""What stands out in a report, in sentences that a team can begin with."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.assessments.agreement import WIDE
from members.assessments.services.figures import Figure, SectionFigure, TeamReport

# Half a point on a scale of four is worth a sentence; less is not.
WORTH_SAYING = 0.5


def standouts(report: TeamReport) -> list[str]:
    """Return what stands out, the most important first."""
    if not report.is_scored:
        return _of_reflection(report)
    scored = [row for row in report.sections if row.figure.value.value is not None]
    found = _ends(scored)
    low, wide = len(report.low_items), sum(item.spread >= WIDE for item in report.items)
    if low:
        sentence = ngettext(
            "%(count)d vraag kwam uit op 2 of lager.", "%(count)d vragen kwamen uit op 2 of lager.", low
        )
        found.append(sentence % {"count": low})
    if wide:
        sentence = ngettext(
            "Over %(count)d vraag dachten jullie eerst heel verschillend.",
            "Over %(count)d vragen dachten jullie eerst heel verschillend.",
            wide,
        )
        found.append(sentence % {"count": wide})
    return [*found, *_beside_others(scored), *_beside_before(scored)]


def _ends(scored: list[SectionFigure]) -> list[str]:
    if not scored:
        return [_("Er zijn te weinig antwoorden voor een cijfer. Kijk hieronder naar de losse vragen.")]
    ordered = sorted(scored, key=lambda row: row.figure.value.value or 0)
    found = [_("Het sterkst is “%(title)s” met %(value)s.") % _named(ordered[-1].figure)]
    if len(ordered) > 1:
        found.append(_("Het meest te winnen valt bij “%(title)s” met %(value)s.") % _named(ordered[0].figure))
    return found


def _named(figure: Figure) -> dict[str, Any]:
    return {"title": figure.title, "value": figure.value.text}


def _beside_others(scored: list[SectionFigure]) -> list[str]:
    found = []
    for row in scored:
        own, middle = row.figure.value, row.figure.peers_median
        if own.value is None or middle.value is None or abs(own.value - middle.value) < WORTH_SAYING:
            continue
        words = {"title": row.figure.title, "own": own.text, "middle": middle.text}
        if own.value > middle.value:
            found.append(_("Bij “%(title)s” zitten jullie boven het midden van andere praktijken (%(own)s en %(middle)s).") % words)  # fmt: skip  # noqa: E501 (one sentence for translators)
        else:
            found.append(_("Bij “%(title)s” zitten jullie onder het midden van andere praktijken (%(own)s en %(middle)s).") % words)  # fmt: skip  # noqa: E501 (one sentence for translators)
    return found


def _beside_before(scored: list[SectionFigure]) -> list[str]:
    found = []
    for row in scored:
        own, before = row.figure.value, row.figure.before
        if own.value is None or before.value is None or abs(own.value - before.value) < WORTH_SAYING:
            continue
        words = {"title": row.figure.title, "own": own.text, "before": before.text}
        if own.value > before.value:
            found.append(_("“%(title)s” ging omhoog, van %(before)s naar %(own)s.") % words)
        else:
            found.append(_("“%(title)s” ging omlaag, van %(before)s naar %(own)s.") % words)
    return found


def _of_reflection(report: TeamReport) -> list[str]:
    starred = [item for item in report.items if item.item.is_starred]
    answered = [item for item in report.items if item.choice]
    first = report.questionnaire.labels[0][0] if report.questionnaire.labels else ""
    open_ones = [item.item.text for item in starred if item.choice == first]
    count = len(answered)
    sentence = ngettext("Jullie bespraken %(count)d vraag.", "Jullie bespraken %(count)d vragen.", count)
    found = [sentence % {"count": count}]
    if open_ones:
        found.append(_("Nog niet geregeld, en wel belangrijk: %(questions)s") % {"questions": "; ".join(open_ones[:5])})
    return found
