"""How choices are divided, as stacked bars with the same numbers in a table."""

from dataclasses import dataclass
from typing import Any, Self

from django.utils.text import Truncator

from .charts import ROW, WIDTH
from .core import SiteComponent


@dataclass(frozen=True, kw_only=True)
class StackRow:
    """A line of stacked bars: how often each choice was made, in the order of the choices."""

    label: str
    counts: list[int]


@dataclass(kw_only=True)
class StackedBars(SiteComponent):
    """How choices are divided over each line; each piece carries its number and its own pattern."""

    identity: str
    title: str
    summary: str
    choices: list[str]
    rows: list[StackRow]
    row_label: str = ""

    computed = ("bars", "height", "width", "keys")

    width = WIDTH

    @property
    def height(self) -> int:
        """Return how high the drawing is."""
        return (ROW + 16) * len(self.rows) + 6

    @property
    def keys(self) -> list[dict[str, Any]]:
        """Return the choices with the number of their pattern."""
        return [{"number": index, "label": label} for index, label in enumerate(self.choices)]

    @property
    def bars(self) -> list[dict[str, Any]]:
        """Return each line with its pieces."""
        found = []
        for index, row in enumerate(self.rows):
            total, start, pieces = sum(row.counts), 0.0, []
            y = (ROW + 16) * index + 18
            for number, count in enumerate(row.counts):
                width = round((WIDTH - 4) * count / total, 1) if total else 0
                if count:
                    middle = round(2 + start + width / 2, 1)
                    place = {"x": round(2 + start, 1), "width": width, "middle": middle}
                    pieces.append({"number": number, "count": count, **place})
                start += width
            # The table has the whole name; the picture is as wide as a telephone.
            label = Truncator(row.label).chars(44)
            found.append({"row": row, "label": label, "y": y, "label_y": y - 5, "text_y": y + 17, "pieces": pieces})
        return found

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        rows = [StackRow(label="Jezelf zijn", counts=[1, 2, 0]), StackRow(label="Erbij horen", counts=[0, 1, 2])]
        choices = ["Nog niet geregeld", "In opbouw", "Geregeld"]
        example = cls(
            identity="voorbeeld-verdeling", title="Verdeling", summary="Het meest gekozen is “in opbouw”.",
            choices=choices, rows=rows, row_label="Voorwaarde",
        )  # fmt: skip
        return {"verdeling": example}
