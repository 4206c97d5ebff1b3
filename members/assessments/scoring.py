"""Scores, exactly as specified: fractions all the way, rounded only where somebody reads them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from members.assessments.questionnaires import (
    NOT_APPLICABLE,
    Band,
    Item,
    Questionnaire,
    Rules,
    Section,
)

# Written into every report, so that a figure can be traced to the rules that made it.
ENGINE_VERSION = "1.0"
# Scores run from one to four, whatever the items' own ranges.
LOWEST, HIGHEST = 1, 4
CENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class SectionScore:
    """The score of one section, from 1 to 4, or None; weights are of answered and of applicable items."""

    value: Fraction | None
    answered_weight: Fraction
    applicable_weight: Fraction
    answered: int
    not_applicable: int
    asked: int
    is_flagged: bool


@dataclass(frozen=True, kw_only=True)
class SumScore:
    """Points of a scale that adds up, with both percentages, each of 100."""

    points: Fraction
    lowest: Fraction
    highest: Fraction

    @property
    def raw_percent(self) -> Fraction | None:
        """Return the points as a part of the maximum; None when that is nothing."""
        return self.points / self.highest * 100 if self.highest else None

    @property
    def rescaled_percent(self) -> Fraction | None:
        """Return the points as a part of the way from the minimum to the maximum."""
        width = self.highest - self.lowest
        return (self.points - self.lowest) / width * 100 if width else None


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Everything that one set of answers scores; `overall` is None as soon as one section is."""

    sections: Mapping[str, SectionScore]
    overall: Fraction | None
    is_flagged: bool
    points: SumScore | None = None


def exact(number: object) -> Fraction:
    """Return a number from text or a whole number, without going through binary fractions."""
    return Fraction(str(number))


def shown(value: Fraction | None, step: Decimal = CENT) -> Decimal | None:
    """Return a value as people read it: two decimals, halves up; None stays None."""
    if value is None:
        return None
    # Decimal division may cut a long fraction; cut it far behind the place where it is rounded.
    places = -int(step.as_tuple().exponent)
    scaled = value * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    return Decimal(whole + (2 * rest >= scaled.denominator)).scaleb(-places).quantize(step, ROUND_HALF_UP)


def band_of(value: Fraction | None, bands: Iterable[Band]) -> Band | None:
    """Return the band of the value as it is shown, so that what people read and its name agree."""
    seen = shown(value)
    return next((band for band in bands if seen is not None and band.lowest <= seen <= band.highest), None)


def position(item: Item, choice: str) -> Fraction | None:
    """Return where a choice lies between the item's lowest (0) and highest value (1); None without a value."""
    value = item.value_of(choice)
    if value is None or item.range is None:
        return None
    lowest, highest = item.range
    return (value - lowest) / (highest - lowest)


def on_scale(place: Fraction) -> Fraction:
    """Return a place between 0 and 1 on the scale of scores."""
    return LOWEST + (HIGHEST - LOWEST) * place


def item_score(item: Item, choice: str) -> Fraction | None:
    """Return one answer on the scale of scores; None without a value."""
    place = position(item, choice)
    return None if place is None else on_scale(place)


def score_section(items: Sequence[Item], choices: Mapping[str, str], rules: Rules) -> SectionScore:
    """Score the items that were asked; what is unknown or blank is missing, never zero."""
    applicable = [item for item in items if choices.get(item.code) != NOT_APPLICABLE]
    placed = [(item.weight, place) for item in applicable if (place := position(item, choices.get(item.code, "")))
              is not None]  # fmt: skip
    answered_weight = sum((weight for weight, _place in placed), Fraction(0))
    applicable_weight = sum((item.weight for item in applicable), Fraction(0))
    is_covered = answered_weight > 0 and answered_weight >= rules.coverage_min * applicable_weight
    value = None
    if is_covered and len(placed) >= rules.min_answered:
        value = on_scale(sum((weight * place for weight, place in placed), Fraction(0)) / answered_weight)
    skipped = len(items) - len(applicable)
    return SectionScore(
        value=value,
        answered_weight=answered_weight,
        applicable_weight=applicable_weight,
        answered=len(placed),
        not_applicable=skipped,
        asked=len(items),
        is_flagged=bool(items) and Fraction(skipped, len(items)) > rules.na_flag_above,
    )


def overall_of(sections: Sequence[Section], scores: Mapping[str, SectionScore], rules: Rules) -> Fraction | None:
    """Return the mean of the sections, weighted only if the version says so; None if one of them is None."""
    weighed: list[tuple[Fraction, Fraction]] = []
    for section in sections:
        value = scores[section.code].value
        if value is None:
            return None
        weighed.append((section.weight if rules.weighs_sections else Fraction(1), value))
    total = sum((weight for weight, _value in weighed), Fraction(0))
    return sum((weight * value for weight, value in weighed), Fraction(0)) / total if total else None


def sum_score(items: Sequence[Item], choices: Mapping[str, str]) -> SumScore | None:
    """Add up points; None unless every applicable item has a value."""
    applicable = [item for item in items if choices.get(item.code) != NOT_APPLICABLE]
    values = [item.value_of(choices.get(item.code, "")) for item in applicable]
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return None
    ranges = [item.range or (item.options[0].value or Fraction(0),) * 2 for item in applicable]
    return SumScore(
        points=sum(known, Fraction(0)),
        lowest=sum((low for low, _high in ranges), Fraction(0)),
        highest=sum((high for _low, high in ranges), Fraction(0)),
    )


def score(questionnaire: Questionnaire, profile: Mapping[str, object], choices: Mapping[str, str]) -> Scores:
    """Score agreed answers; items that the profile hides count nowhere."""
    rules = questionnaire.rules
    asked = {section.code: questionnaire.asked(profile, section) for section in questionnaire.sections}
    scores = {code: score_section(items, choices, rules) for code, items in asked.items()}
    everything = [item for items in asked.values() for item in items]
    skipped = sum(row.not_applicable for row in scores.values())
    too_much = bool(everything) and Fraction(skipped, len(everything)) > rules.na_flag_above
    return Scores(
        sections=scores,
        overall=overall_of(questionnaire.sections, scores, rules),
        is_flagged=too_much or any(row.is_flagged for row in scores.values()),
        points=sum_score(everything, choices) if rules.method == "sum" else None,
    )
