"""Reads of the search table."""

from collections.abc import Iterable, Mapping
from typing import Self

from django.apps import apps
from django.db.models import Exists, OuterRef

from thuisbasis.network.querysets import VisibleQuerySetMixin


class SearchEntryQuerySet(VisibleQuerySetMixin):
    """Findable things; always narrowed with `visible_to` before they are searched."""

    def with_facets(self, selected: Mapping[str, Iterable[str]]) -> Self:
        """Keep what has, for each facet, one of the values; a facet without values is no limit."""
        facets = apps.get_model("search", "EntryFacet").objects
        found = self
        for facet, values in selected.items():
            if values:
                having = facets.filter(entry=OuterRef("pk"), facet=facet, value__in=sorted(values))
                found = found.filter(Exists(having))
        return found
