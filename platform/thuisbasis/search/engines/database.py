"""The engine that is always there: the database's own full text."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count

from thuisbasis.network.policies import Visitor
from thuisbasis.search.engines import postgresql, sqlite
from thuisbasis.search.engines.asking import MOST_COUNTED, Ask, Found
from thuisbasis.search.models import EntryFacet, SearchEntry


class DatabaseEngine:
    """Finds with PostgreSQL's text search or SQLite's FTS5; never more than `MOST_COUNTED` + 1 rows are looked at."""

    name = "database"

    def find(self, ask: Ask) -> Found:
        """Answer with one query, one for the counts, and two for each facet in which something is chosen."""
        keys = _ranked(ask)
        counts = _counts(keys, [facet for facet in ask.facets if not ask.selected.get(facet)])
        for facet in ask.facets:
            if ask.selected.get(facet):
                counts |= _counts(_ranked(ask, without=facet), [facet])
        return Found(
            keys=keys[:MOST_COUNTED][ask.start : ask.start + ask.size],
            total=min(len(keys), MOST_COUNTED),
            is_more=len(keys) > MOST_COUNTED,
            counts={facet: counts.get(facet, {}) for facet in ask.facets},
        )

    def complete(self, beginnings: list[str], *, visitor: Visitor, language: str, size: int) -> list[int]:
        """Return entries by the beginnings of words in their names, those in the reader's language first."""
        entries = SearchEntry.objects.visible_to(visitor)
        return _dialect().completed(entries, beginnings, language, size)

    def appeared(
        self, ask: Ask, *, selected: Mapping[str, frozenset[str]], since: datetime, until: datetime
    ) -> list[int]:
        """Return what meets the question and became findable in the time (since, until]."""
        entries = SearchEntry.objects.visible_to(ask.visitor).with_facets(selected)
        new = entries.filter(appeared_at__gt=since, appeared_at__lte=until)
        return _dialect().ranked(new, ask, MOST_COUNTED)


def _dialect() -> Any:
    return sqlite if connection.vendor == "sqlite" else postgresql


def _ranked(ask: Ask, *, without: str = "") -> list[int]:
    selected = {facet: values for facet, values in ask.selected.items() if facet != without}
    entries = SearchEntry.objects.visible_to(ask.visitor).with_facets(selected)
    return _dialect().ranked(entries, ask, MOST_COUNTED + 1)


def _counts(keys: list[int], facets: list[str]) -> dict[str, dict[str, int]]:
    if not facets or not keys:
        return {}
    rows = EntryFacet.objects.filter(entry_id__in=keys, facet__in=facets)
    counts: dict[str, dict[str, int]] = {}
    for facet, value, number in rows.values_list("facet", "value").annotate(number=Count("pk")):
        counts.setdefault(facet, {})[value] = number
    return counts
