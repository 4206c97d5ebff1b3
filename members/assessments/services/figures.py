"""The figures of a report, each with the text that page, PDF and CSV all show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format

from members.assessments.comparing import Benchmark
from members.assessments.models import Evidence, Report
from members.assessments.policies import LOW
from members.assessments.questionnaires import Item, Questionnaire, Section
from members.assessments.scoring import shown
from members.assessments.trends import Step
from thuisbasis.base.components import NOTHING, Number

PERCENT = Decimal("0.1")


def number_of(value: Fraction | None) -> Number:
    """Return a score as everybody reads it, with two decimals; "–" where there is none."""
    seen = shown(value)
    return NOTHING if seen is None else Number(value=seen, text=number_format(seen, 2))


def whole_of(value: Fraction | None) -> Number:
    """Return a value of an item as people chose it, without decimals where it has none."""
    seen = shown(value)
    if value is None or seen is None:
        return NOTHING
    return Number(value=seen, text=str(value) if value.denominator == 1 else number_format(seen, 2))


def percent_of(value: Fraction | None) -> Number:
    """Return a percentage with one decimal."""
    seen = shown(value, PERCENT)
    return NOTHING if seen is None else Number(value=seen, text=f"{number_format(seen, 1)}%")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One score with what it is compared with; `before` is of the round before where that may be compared."""

    code: str
    title: str
    value: Number
    band: str = ""
    peers: Benchmark | None = None
    alike: Benchmark | None = None
    before: Number = NOTHING

    @property
    def peers_median(self) -> Number:
        """Return the middle of the other practices."""
        return number_of(self.peers.median if self.peers else None)

    @property
    def alike_median(self) -> Number:
        """Return the middle of practices like this one."""
        return number_of(self.alike.median if self.alike else None)

    @property
    def quartiles(self) -> tuple[Number, Number] | None:
        """Return between which values the middle half of the others lies; None for too few."""
        if self.peers is None or self.peers.lower_quartile is None:
            return None
        return number_of(self.peers.lower_quartile), number_of(self.peers.upper_quartile)


@dataclass(frozen=True, kw_only=True)
class ItemFigure:
    """One item: what the team agreed, how far the raters lay apart, and what it points to."""

    item: Item
    figure: Figure
    choice: str
    label: str
    note: str
    reason: str
    counts: tuple[tuple[str, int], ...]
    low: Number
    high: Number
    spread: Fraction
    evidence: tuple[Evidence, ...]

    @property
    def is_low(self) -> bool:
        """Say whether the team may want help with it."""
        return self.figure.value.value is not None and self.figure.value.value <= LOW


@dataclass(frozen=True, kw_only=True)
class SectionFigure:
    """One domain with its items."""

    section: Section
    figure: Figure
    items: tuple[ItemFigure, ...]
    answered: int = 0
    asked: int = 0
    not_applicable: int = 0
    is_flagged: bool = False


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A round of this practice on the line of time: its scores, and the steps from the round before by section."""

    title: str
    values: Mapping[str, Number]
    steps: Mapping[str, Step]


@dataclass(frozen=True, kw_only=True)
class Points:
    """The outcome of a scale that adds up, with both percentages, each under its own name."""

    points: Number
    raw_percent: Number
    rescaled_percent: Number


@dataclass(frozen=True, kw_only=True)
class TeamReport:
    """Everything that a report shows."""

    report: Report
    questionnaire: Questionnaire
    is_scored: bool
    overall: Figure | None
    sections: tuple[SectionFigure, ...]
    moments: tuple[Moment, ...]
    points: Points | None
    round_is_closed: bool

    @property
    def items(self) -> list[ItemFigure]:
        """Return every item, in order."""
        return [item for section in self.sections for item in section.items]

    @property
    def low_items(self) -> list[ItemFigure]:
        """Return the items with which the team may want help, the lowest first."""
        low = [item for item in self.items if item.is_low]
        return sorted(low, key=lambda item: item.figure.value.value or 0)


def figures_of(report: TeamReport) -> Iterable[Figure]:
    """Yield every figure: the whole, then each domain with its items."""
    if report.overall is not None:
        yield report.overall
    for section in report.sections:
        yield section.figure
        yield from (item.figure for item in section.items)
