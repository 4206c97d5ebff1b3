"""How far raters agree on one item, and what that asks of the conversation."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from members.assessments.questionnaires import NOT_APPLICABLE, UNKNOWN, Item

ENOUGH_RATERS = 3
WIDE = 2


class Agreement(Enum):
    """From nothing to talk about to much to talk about."""

    TOO_FEW = "too_few"
    AGREE = "agree"
    NEARLY = "nearly"
    DISCUSS = "discuss"


@dataclass(frozen=True, kw_only=True)
class Spread:
    """What the raters said of one item: how often each choice, how far apart, and what a form may begin with."""

    counts: dict[str, int]
    agreement: Agreement
    prefill: str
    lowest: Fraction | None
    highest: Fraction | None

    @property
    def is_wide(self) -> bool:
        """Say whether the raters lie two or more values apart."""
        return self.lowest is not None and self.highest is not None and self.highest - self.lowest >= WIDE

    def needs_note(self, item: Item, choice: str) -> bool:
        """Say whether agreeing on this choice needs a note: raters far apart, or the choice outside their range."""
        value = item.value_of(choice)
        if value is None or self.lowest is None or self.highest is None:
            return False
        return self.is_wide or not self.lowest <= value <= self.highest


def spread_of(item: Item, choices: Sequence[str]) -> Spread:
    """Compare what the raters chose for an item; "" is a rater who left it open."""
    answers = [choice for choice in choices if choice and choice != UNKNOWN]
    values = [value for choice in answers if (value := item.value_of(choice)) is not None]
    counts = {option.code: choices.count(option.code) for option in item.options}
    counts |= {extra: choices.count(extra) for extra in (UNKNOWN, NOT_APPLICABLE) if extra in choices}
    everyone_knows = len(answers) == len(choices)
    agreement = _agreement(answers, values)
    agreed = agreement == Agreement.AGREE and everyone_knows and answers[0] != NOT_APPLICABLE
    return Spread(
        counts=counts,
        agreement=agreement,
        prefill=answers[0] if agreed else "",
        lowest=min(values, default=None),
        highest=max(values, default=None),
    )


def _agreement(answers: Sequence[str], values: Sequence[Fraction]) -> Agreement:
    if len(answers) < ENOUGH_RATERS:
        return Agreement.TOO_FEW
    if len(set(answers)) == 1:
        return Agreement.AGREE
    one_kind = len(values) == len(answers)
    return Agreement.NEARLY if one_kind and max(values) - min(values) < WIDE else Agreement.DISCUSS
