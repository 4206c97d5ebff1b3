"""Lets every app put a panel on the members' dashboard, without the dashboard knowing the apps."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from thuisbasis.network.policies import Visitor


class Area(Enum):
    """The three questions that the dashboard answers, in their order."""

    ATTENTION = "attention"
    NEW = "new"
    FIND = "find"


@dataclass(frozen=True, kw_only=True)
class PanelItem:
    """One line of a panel: where it leads and a few words about it."""

    label: Any
    url: str
    remark: Any = ""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """What a panel shows; `empty` says what to do when there are no items."""

    title: Any
    items: list[PanelItem] = field(default_factory=list)
    empty: Any = ""
    more: PanelItem | None = None


@dataclass(frozen=True, kw_only=True)
class PanelAsk:
    """For whom a panel is made."""

    user: Any
    visitor: Visitor
    today: date


PanelBuilder = Callable[[PanelAsk], Panel | None]
_builders: dict[Area, list[tuple[int, str, PanelBuilder]]] = {area: [] for area in Area}


def declare_panel(name: str, *, area: Area, order: int, build: PanelBuilder) -> None:
    """Show what `build` returns in this area of the dashboard, lower orders first; the name is its identity."""
    rest = [entry for entry in _builders[area] if entry[1] != name]
    _builders[area] = sorted([*rest, (order, name, build)], key=lambda entry: entry[:2])


def portal_panels(ask: PanelAsk) -> dict[Area, list[Panel]]:
    """Return the panels of each area that have something to say to this person."""
    return {
        area: [panel for _order, _name, build in builders if (panel := build(ask)) is not None]
        for area, builders in _builders.items()
    }
