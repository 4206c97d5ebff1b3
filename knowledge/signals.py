"""What pages of knowledge ask of whoever is above."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.dispatch import Signal

from thuisbasis.base.components import Card
from thuisbasis.network.policies import Visitor

# Sent with an `ask`, an AgendaAsk; whoever knows of events returns a list of AgendaItem.
agenda_asked = Signal()

# Sent with `home`, a new site's home page, so that whoever has a section adds it.
site_begun = Signal()


@dataclass(frozen=True, kw_only=True)
class AgendaAsk:
    """Who wants to know what is on: from the first day to the last, or what a practice has to come.

    `with_themes` asks along what each is about.
    """

    visitor: Visitor
    first: date = date.min
    last: date = date.max
    practice: Any = None
    with_themes: bool = False


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """Something that is on, on a day; `themes` are the translation keys of its themes, for who asked for them."""

    day: date
    card: Card
    themes: frozenset[Any] = frozenset()


def agenda_items(ask: AgendaAsk) -> list[AgendaItem]:
    """Return everything that somebody knows of, in order of days."""
    answers: list[Any] = [answer for _receiver, answer in agenda_asked.send(sender=AgendaAsk, ask=ask)]
    found: list[AgendaItem] = [item for items in answers for item in items]
    return sorted(found, key=lambda item: item.day)
