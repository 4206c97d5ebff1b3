"""Reads of the search table."""

from modelsearch.queryset import SearchableQuerySetMixin

from thuisbasis.network.querysets import VisibleQuerySetMixin


class SearchEntryQuerySet(SearchableQuerySetMixin, VisibleQuerySetMixin):
    """Findable things; always narrowed with `visible_to` before they are searched."""
