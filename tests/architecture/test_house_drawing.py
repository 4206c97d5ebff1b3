"""The drawing of the house is the house."""

import re
from collections import defaultdict

import grimp
import pytest

pytestmark = pytest.mark.once
ROOMS = {"thuisbasis", "members"}


def room_of(module):
    """Return the room that a module is in: a folder of the platform or of the members, or a top-level app."""
    parts = module.split(".")
    if parts[0] not in ROOMS:
        return parts[0]
    return parts[1] if len(parts) > 1 else None


@pytest.fixture(scope="module")
def imports():
    """Return for each room the rooms that it imports from."""
    graph = grimp.build_graph("thuisbasis", "knowledge", "members", "events", cache_dir=None)
    found = defaultdict(set)
    for module in graph.modules:
        own = room_of(module)
        if own:
            found[own] |= {room_of(other) for other in graph.find_modules_directly_imported_by(module)} - {own, None}
    return dict(found)


@pytest.fixture(scope="module")
def drawing(root):
    return (root / "platform/docs/house.md").read_text(encoding="utf-8")


def beyond(imports, start, without):
    """Return every room that can be reached from a room without taking this arrow."""
    waiting, seen = [room for room in imports[start] if room != without], set()
    while waiting:
        room = waiting.pop()
        if room not in seen:
            seen.add(room)
            waiting += imports[room]
    return seen


def test_the_table_says_what_every_room_looks_down_to(imports, drawing):
    rows = re.findall(r"^\| (\w+) \| [^|]+ \| ([^|]+) \|$", drawing, re.MULTILINE)
    said = {room: set(re.findall(r"\w+", looks)) for room, looks in rows if room != "room"}
    assert said == imports


def test_the_arrows_are_those_that_no_other_way_implies(imports, drawing):
    drawn = set(re.findall(r"^  (\w+) --> (\w+)$", drawing, re.MULTILINE))
    needed = {(room, other) for room in imports for other in imports[room] if other not in beyond(imports, room, other)}
    assert drawn == needed


def test_no_room_can_be_reached_from_itself(imports):
    assert [room for room in imports if room in beyond(imports, room, None)] == []


def test_no_module_imports_in_a_circle():
    graph = grimp.build_graph("thuisbasis", "knowledge", "members", "events", cache_dir=None)
    loose = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    while leaves := {module for module, others in loose.items() if not others & loose.keys()}:
        loose = {module: others for module, others in loose.items() if module not in leaves}
    assert sorted(loose) == []
