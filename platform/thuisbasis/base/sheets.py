"""Lists as files for a spreadsheet, in which no cell does anything."""

import csv
import io
from collections.abc import Iterable, Sequence

# A spreadsheet takes these at the beginning of a cell for a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_STARTS) else cell


def as_csv(table: Iterable[Sequence[str]]) -> bytes:
    """Return lines of cells as CSV with semicolons, as spreadsheets here expect, in UTF-8 with a mark that says so."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerows([harmless(cell) for cell in line] for line in table)
    return ("\ufeff" + out.getvalue()).encode("utf-8")
