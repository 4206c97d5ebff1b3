"""Searches that somebody keeps, and what appeared since."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from thuisbasis.network.policies import ANONYMOUS, Visitor
from thuisbasis.search.engines import DatabaseEngine
from thuisbasis.search.models import SavedSearch, SearchEntry
from thuisbasis.search.registry import facets
from thuisbasis.search.services.asking import ask_for, clean

MOST_SAVED = 20


class TooManySaved(Exception):
    """Somebody already keeps as many searches as anybody can oversee."""


class NothingToSave(Exception):
    """The text has no word that can be searched for."""


@transaction.atomic
def save_search(*, user: Any, text: str, selected: Mapping[str, frozenset[str]]) -> SavedSearch:
    """Keep a search, once; raises NothingToSave or TooManySaved."""
    text = clean(text)
    if not ask_for(text, ANONYMOUS).variants:
        raise NothingToSave
    kept = {name: sorted(values) for name, values in sorted(selected.items()) if values and name in facets()}
    same = [row for row in SavedSearch.objects.filter(user=user, text=text) if row.selected == kept]
    if same:
        return same[0]
    if SavedSearch.objects.filter(user=user).count() >= MOST_SAVED:
        raise TooManySaved
    return SavedSearch.objects.create(user=user, text=text, selected=kept)


def forget_search(*, user: Any, pk: int) -> None:
    """Stop keeping somebody's own search; nothing happens when it is not there."""
    SavedSearch.objects.filter(user=user, pk=pk).delete()


def new_since(
    *, user: Any, visitor: Visitor, since: datetime, until: datetime
) -> list[tuple[SavedSearch, SearchEntry]]:
    """Return what appeared for this person in the time (since, until], each once, with the search that finds it."""
    found: dict[int, SavedSearch] = {}
    for saved in SavedSearch.objects.filter(user=user):
        ask = ask_for(saved.text, visitor)
        if ask.variants:
            chosen = {name: frozenset(values) for name, values in saved.selected.items()}
            for key in DatabaseEngine().appeared(ask, selected=chosen, since=since, until=until):
                found.setdefault(key, saved)
    entries = SearchEntry.objects.visible_to(visitor).in_bulk(found)
    return [(saved, entries[key]) for key, saved in found.items() if key in entries]
