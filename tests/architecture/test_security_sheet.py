"""The security sheet has every line of the standard, names tests that exist, and counts itself right."""

import re
from collections import Counter
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
ROW = re.compile(
    r"^\| (?P<line>\d+\.\d+\.\d+) \| (?P<level>\d) \| (?P<asks>[^|]+) \| (?P<answer>[^|]+) \|$", re.MULTILINE
)
NAMED = re.compile(r"`(test_\w+)`")
# Levels 1 and 2 of ASVS 5.0.0 together, by chapter, without V9, V10 and V17: 210 of 345.
LINES = {1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16}
SAYS = ("proved by a test", "reason", "not here", "open")


def state(answer):
    if answer.startswith("Open"):
        return "open"
    if answer.startswith("Not here"):
        return "not here"
    return "proved by a test" if NAMED.search(answer) else "reason"


def unknown_tests(sheet, root):
    known = {
        name
        for file in (root / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)\(", file.read_text())
    }
    return sorted(set(NAMED.findall(sheet)) - known)


@pytest.fixture
def sheet(root):
    return (Path(root) / "platform/docs/asvs.md").read_text()


def test_every_line_of_both_levels_is_answered_once_and_in_order(sheet):
    lines = [tuple(int(part) for part in row["line"].split(".")) for row in ROW.finditer(sheet)]
    assert lines == sorted(set(lines))
    assert Counter(chapter for chapter, *_rest in lines) == LINES
    assert len(lines) == 210
    assert {row["level"] for row in ROW.finditer(sheet)} == {"1", "2"}


def test_every_test_that_the_sheet_names_exists(sheet, root):
    assert unknown_tests(sheet, root) == []
    assert unknown_tests("`test_that_nobody_wrote`", root) == ["test_that_nobody_wrote"]


def test_the_sheet_counts_itself_right(sheet):
    counts = Counter((int(row["line"].split(".")[0]), state(row["answer"].strip())) for row in ROW.finditer(sheet))
    for chapter, lines in [*LINES.items(), ("all", 210)]:
        states = [
            sum(n for (where, what), n in counts.items() if chapter in (where, "all") and what == one) for one in SAYS
        ]
        name = f"V{chapter}" if chapter != "all" else "all"
        assert f"| {name} | {lines} | {' | '.join(map(str, states))} |" in sheet
