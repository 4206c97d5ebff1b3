"""Lets every app put a panel on the members' dashboard, without the dashboard knowing the apps."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from itertools import chain
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, QuerySet

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
# What a panel would show, as queries that nobody has asked yet.
Waiting = Callable[[PanelAsk], Iterable[QuerySet[Any]]]


@dataclass(frozen=True, kw_only=True)
class _Declared:
    order: int
    name: str
    build: PanelBuilder
    waits: Waiting | None
    at_rest: Panel | None


_declared: dict[Area, list[_Declared]] = {area: [] for area in Area}


def declare_panel(
    name: str,
    *,
    area: Area,
    order: int,
    build: PanelBuilder,
    waits: Waiting | None = None,
    at_rest: Panel | None = None,
) -> None:
    """Show what `build` returns in this area of the dashboard, lower orders first; the name is its identity.

    With `waits` it is built only when one of those queries would find something: for all panels together that is
    asked in one query, as most of what may wait for somebody does not wait today. Until then `at_rest` is shown.
    """
    rest = [entry for entry in _declared[area] if entry.name != name]
    new = _Declared(order=order, name=name, build=build, waits=waits, at_rest=at_rest)
    _declared[area] = sorted([*rest, new], key=lambda entry: (entry.order, entry.name))


def portal_panels(ask: PanelAsk) -> dict[Area, list[Panel]]:
    """Return the panels of each area that have something to say to this person."""
    silent = _silent(ask)
    panels = {
        area: [entry.at_rest if entry.name in silent else entry.build(ask) for entry in entries]
        for area, entries in _declared.items()
    }
    return {area: [panel for panel in shown if panel is not None] for area, shown in panels.items()}


def _silent(ask: PanelAsk) -> set[str]:
    """Return the panels for which nothing waits (one query)."""
    asked = {entry.name: list(entry.waits(ask)) for area in Area for entry in _declared[area] if entry.waits}
    flags = [Exists(rows) for rows in chain.from_iterable(asked.values())]
    if not flags:
        return set()
    person = get_user_model()._default_manager.filter(pk=ask.user.pk)
    answers = iter(person.values_list(*flags).get())
    found = {name: [next(answers) for _row in rows] for name, rows in asked.items()}
    return {name for name, waits in found.items() if not any(waits)}
