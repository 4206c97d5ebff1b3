"""Numbers as pictures, each with a sentence and with the same numbers in a table.

Drawn by ourselves as SVG: shapes and labels tell marks apart, never colour alone, so that a chart
reads the same in greyscale, on paper and aloud.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self

from .core import SiteComponent

# In units of the drawing, which is as wide as a narrow telephone.
WIDTH, LEFT, RIGHT, ROW, TOP = 340, 44, 292, 30, 14
NARROW, TALL = 160, 110


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number with the text that people read: the same in picture, table and file; `value` is None for none."""

    value: Decimal | None
    text: str


NOTHING = Number(value=None, text="–")


@dataclass(frozen=True, kw_only=True)
class DotRow:
    """A line of a dot plot: our own number, that of others, that of before, and how far people lay apart."""

    code: str
    label: str
    own: Number
    peers: Number = NOTHING
    before: Number = NOTHING
    low: Number = NOTHING
    high: Number = NOTHING
    remark: Any = ""


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A mark on the axis, with what begins there."""

    value: Decimal
    label: str


@dataclass(kw_only=True)
class DotPlot(SiteComponent):
    """Numbers on one axis, a line for each; `summary` is the sentence that says what one sees."""

    identity: str
    title: str
    summary: str
    rows: list[DotRow]
    ticks: list[Tick] = field(default_factory=list)
    lowest: Decimal = Decimal(1)
    highest: Decimal = Decimal(4)
    row_label: str = ""
    own_label: str = ""
    range_label: str = ""

    computed = ("height", "width", "lines", "marks", "has_peers", "has_before", "has_range", "has_remarks")

    width = WIDTH

    @property
    def height(self) -> int:
        """Return how high the drawing is."""
        return TOP + ROW * len(self.rows) + 22

    @property
    def has_peers(self) -> bool:
        """Say whether there is a number of others on any line."""
        return any(row.peers.value is not None for row in self.rows)

    @property
    def has_before(self) -> bool:
        """Say whether there is a number of before on any line."""
        return any(row.before.value is not None for row in self.rows)

    @property
    def has_range(self) -> bool:
        """Say whether any line shows how far people lay apart."""
        return any(row.low.value is not None for row in self.rows)

    @property
    def has_remarks(self) -> bool:
        """Say whether any line has something to add."""
        return any(row.remark for row in self.rows)

    @property
    def marks(self) -> list[dict[str, Any]]:
        """Return the ticks of the axis with their place."""
        return [{"x": self._x(tick.value), "label": tick.label} for tick in self.ticks]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Return for each row where its marks stand."""
        return [self._line(index, row) for index, row in enumerate(self.rows)]

    def _line(self, index: int, row: DotRow) -> dict[str, Any]:
        names = ("own", "peers", "before", "low", "high")
        places = {name: self._x(getattr(row, name).value) for name in names}
        y = TOP + ROW * index + ROW // 2
        return {"row": row, "y": y, "text_y": y + 4, **places, "diamond": _diamond(places["peers"], y)}

    def _x(self, value: Decimal | None) -> float | None:
        if value is None or self.highest == self.lowest:
            return None
        part = float((value - self.lowest) / (self.highest - self.lowest))
        return round(LEFT + (RIGHT - LEFT) * part, 1)

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""

        def number(text: str) -> Number:
            return Number(value=Decimal(text), text=text.replace(".", ","))

        rows = [
            DotRow(code="A", label="Een eigen thuis", own=number("3.43"), peers=number("3.10"), before=number("2.90")),
            DotRow(code="B", label="Los van elkaar", own=number("2.10"), peers=number("2.80"), before=number("2.10")),
            DotRow(code="C", label="Houding", own=NOTHING, remark="te weinig antwoorden"),
        ]
        ticks = [Tick(value=Decimal(step), label=str(step)) for step in (1, 2, 3, 4)]
        spread = [DotRow(code="A1", label="Kiezen", own=number("3"), low=number("2"), high=number("4"))]
        text: dict[str, Any] = {
            "summary": "Het hoogst is A met 3,43.",
            "row_label": "Domein",
            "own_label": "Jullie",
            "range_label": "Beoordelaars",
        }
        return {
            "domeinen": cls(identity="voorbeeld-domeinen", title="Per domein", rows=rows, ticks=ticks, **text),
            "met spreiding": cls(identity="voorbeeld-vragen", title="Per vraag", rows=spread, ticks=ticks, **text),
        }


def _diamond(x: float | None, y: int) -> str:
    """Return the corners of a mark that differs from a dot by its shape."""
    return "" if x is None else f"{x},{y - 7} {x + 7:.1f},{y} {x},{y + 7} {x - 7:.1f},{y}"


@dataclass(frozen=True, kw_only=True)
class TrendPoint:
    """A moment with its number; `joint` says how it is joined to the one before: line, linked or gap."""

    label: str
    number: Number
    joint: str = "gap"
    linked_from: Number = NOTHING
    linked_to: Number = NOTHING


@dataclass(frozen=True, kw_only=True)
class TrendSeries:
    """One small picture: a subject through time."""

    code: str
    label: str
    points: list[TrendPoint]


@dataclass(kw_only=True)
class TrendChart(SiteComponent):
    """Small pictures beside each other, one for each subject, on the same axis."""

    identity: str
    title: str
    summary: str
    series: list[TrendSeries]
    lowest: Decimal = Decimal(1)
    highest: Decimal = Decimal(4)

    computed = ("pictures", "moments", "has_linked", "narrow", "tall")

    narrow, tall = NARROW, TALL

    @property
    def moments(self) -> list[str]:
        """Return the names of the moments."""
        return [point.label for point in self.series[0].points] if self.series else []

    @property
    def has_linked(self) -> bool:
        """Say whether anything is joined by the items that both moments have."""
        return any(point.joint == "linked" for row in self.series for point in row.points)

    @property
    def pictures(self) -> list[dict[str, Any]]:
        """Return each subject with its dots and what joins them."""
        return [self._picture(row) for row in self.series]

    def _picture(self, row: TrendSeries) -> dict[str, Any]:
        step = (NARROW - 50) / max(1, len(row.points) - 1)
        xs = [round(25 + step * index, 1) for index in range(len(row.points))]
        dots = [
            {"x": x, "y": y, "text_y": y - 9, "text": point.number.text}
            for x, point in zip(xs, row.points, strict=True)
            if (y := self._y(point.number.value)) is not None
        ]
        joints = []
        for index, point in enumerate(row.points[1:], start=1):
            ends = (point.linked_from.value, point.linked_to.value)
            if point.joint != "gap" and None not in ends:
                first, last = (self._y(value) for value in ends)
                place = {"x1": xs[index - 1], "y1": first, "x2": xs[index], "y2": last}
                joints.append({**place, "is_dashed": point.joint == "linked"})
        return {"row": row, "dots": dots, "joints": joints}

    def _y(self, value: Decimal | None) -> float | None:
        if value is None:
            return None
        part = float((value - self.lowest) / (self.highest - self.lowest))
        return round(TALL - 14 - (TALL - 40) * part, 1)

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        before, after = Number(value=Decimal("2.50"), text="2,50"), Number(value=Decimal("3.00"), text="3,00")
        joined = {"linked_from": before, "linked_to": after}
        points = [
            TrendPoint(label="voorjaar", number=before),
            TrendPoint(label="najaar", number=after, joint="line", **joined),
        ]
        linked = [points[0], TrendPoint(label="najaar", number=after, joint="linked", **joined)]
        series = [
            TrendSeries(code="A", label="Een eigen thuis", points=points),
            TrendSeries(code="B", label="Los van elkaar", points=linked),
        ]
        summary = "Beide domeinen gingen omhoog."
        return {"twee rondes": cls(identity="voorbeeld-trend", title="Door de tijd", summary=summary, series=series)}
