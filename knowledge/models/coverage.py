"""Which parts of a framework our knowledge covers: a grid of conditions by kind of element."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, kw_only=True)
class CoverageRow:
    """One condition with the number of pages per column."""

    element: Any
    counts: list[int]


@dataclass(frozen=True, kw_only=True)
class CoverageMatrix:
    """The grid; `totals` adds up each column. A page counts once in each cell it is tagged in."""

    columns: list[str]
    rows: list[CoverageRow]

    @property
    def totals(self) -> list[int]:
        """Return the sum of each column."""
        return [sum(row.counts[column] for row in self.rows) for column in range(len(self.columns))]

    @property
    def empty_cells(self) -> int:
        """Return how many cells have no page at all."""
        return sum(count == 0 for row in self.rows for count in row.counts)

    def as_rows(self) -> list[list[str]]:
        """Return the table as text, with its header and totals, as the CSV holds it."""
        header = [_("Voorwaarde"), *self.columns]
        body = [[row.element.label, *map(str, row.counts)] for row in self.rows]
        return [header, *body, [_("Samen"), *map(str, self.totals)]]


def coverage_matrix(*, elements: Iterable[Any], counts: Mapping[tuple[int, str], int]) -> CoverageMatrix:
    """Return the grid of the framework's conditions, filled with counts per (condition, kind)."""
    columns = {
        "condition": _("De voorwaarde zelf"),
        "value": _("Waarde"),
        "result": _("Beoogde resultaten"),
        "action": _("Acties"),
        "anchor_point": _("Ankerpunten"),
    }
    rows = [
        CoverageRow(element=element, counts=[counts.get((element.pk, kind), 0) for kind in columns])
        for element in elements
        if element.kind == "condition"
    ]
    return CoverageMatrix(columns=list(columns.values()), rows=rows)
