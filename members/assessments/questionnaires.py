"""What an instrument asks, as plain values: scoring, pages and files all read this and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

# The two answers that every scored item may have besides its own options; "" is no answer.
UNKNOWN = "?"
NOT_APPLICABLE = "NA"
REASON_LENGTH = 10


@dataclass(frozen=True, kw_only=True)
class Option:
    """One answer to an item; `value` is None in an instrument without scores."""

    code: str
    text: str
    value: Fraction | None = None


@dataclass(frozen=True, kw_only=True)
class Relevance:
    """An item is asked only when one of these codes was chosen at this question of the profile."""

    question: str
    codes: tuple[str, ...]

    def holds(self, profile: Mapping[str, Any]) -> bool:
        """Say whether the item is asked with this profile."""
        answer = profile.get(self.question)
        chosen = answer if isinstance(answer, list) else [answer]
        return any(code in self.codes for code in chosen)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question, with its answers in order."""

    code: str
    text: str
    options: tuple[Option, ...]
    help: str = ""
    evidence: str = ""
    principles: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    weight: Fraction = Fraction(1)
    may_be_not_applicable: bool = False
    relevance: Relevance | None = None
    is_required: bool = True
    is_starred: bool = False

    def value_of(self, choice: str) -> Fraction | None:
        """Return the value of a chosen option; None for what has none."""
        return next((option.value for option in self.options if option.code == choice), None)

    def option(self, choice: str) -> Option | None:
        """Return the option with this code; None when there is none."""
        return next((option for option in self.options if option.code == choice), None)

    @cached_property
    def range(self) -> tuple[Fraction, Fraction] | None:
        """Return the lowest and the highest value; None when they are the same or there are none."""
        values = [option.value for option in self.options if option.value is not None]
        return (min(values), max(values)) if values and min(values) < max(values) else None


@dataclass(frozen=True, kw_only=True)
class Section:
    """A domain: items about one subject."""

    code: str
    title: str
    items: tuple[Item, ...]
    intro: str = ""
    weight: Fraction = Fraction(1)


@dataclass(frozen=True, kw_only=True)
class ProfileQuestion:
    """A question about the practice itself; `kind` is single_choice, multiple_choice or integer."""

    code: str
    text: str
    kind: str
    is_required: bool = True
    options: tuple[tuple[str, str], ...] = ()
    lowest: int | None = None
    highest: int | None = None


@dataclass(frozen=True, kw_only=True)
class Band:
    """A name for a stretch of the scale; both ends are shown values and belong to it."""

    code: str
    label: str
    lowest: Decimal
    highest: Decimal


@dataclass(frozen=True, kw_only=True)
class Rules:
    """How a version scores: shares are of 1."""

    method: str = "rescaled_mean"
    coverage_min: Fraction = Fraction(4, 5)
    min_answered: int = 3
    na_flag_above: Fraction = Fraction(1, 4)
    weighs_sections: bool = False


@dataclass(frozen=True, kw_only=True)
class Questionnaire:
    """One version of an instrument."""

    is_scored: bool
    sections: tuple[Section, ...]
    profile: tuple[ProfileQuestion, ...] = ()
    bands: tuple[Band, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    principles: tuple[tuple[str, str], ...] = ()
    rules: Rules = Rules()
    unknown_label: str = ""
    na_label: str = ""

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Return every item, in order."""
        return tuple(item for section in self.sections for item in section.items)

    def item(self, code: str) -> Item | None:
        """Return the item with this code; None when there is none."""
        return next((item for item in self.items if item.code == code), None)

    def section(self, code: str) -> Section | None:
        """Return the section with this code; None when there is none."""
        return next((section for section in self.sections if section.code == code), None)

    def asked(self, profile: Mapping[str, Any], section: Section | None = None) -> tuple[Item, ...]:
        """Return the items that this profile is asked, of one section or of all."""
        items = section.items if section else self.items
        return tuple(item for item in items if item.relevance is None or item.relevance.holds(profile))

    def label(self, item: Item, choice: str) -> str:
        """Return a choice in a few words: the scale's label where it has one."""
        extra = {UNKNOWN: self.unknown_label, NOT_APPLICABLE: self.na_label}
        option = item.option(choice)
        return extra.get(choice) or dict(self.labels).get(choice) or (option.text if option else "")


class AnswerIsRefused(Exception):
    """The answer does not fit the item; `reason` is a key: "unknown_choice", "not_allowed" or "reason_missing"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_answer(item: Item, choice: str, reason: str, *, is_scored: bool) -> None:
    """Raise AnswerIsRefused when an item cannot be answered like this; no answer at all is always fine."""
    if choice == NOT_APPLICABLE and is_scored:
        if not item.may_be_not_applicable:
            raise AnswerIsRefused("not_allowed")
        if len(reason.strip()) < REASON_LENGTH:
            raise AnswerIsRefused("reason_missing")
    elif choice and item.option(choice) is None and not (choice == UNKNOWN and is_scored):
        raise AnswerIsRefused("unknown_choice")
