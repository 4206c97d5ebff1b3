"""Use cases of search."""

from .indexing import forget, index, rebuild
from .querying import Hit, KindCount, SearchResults, search

__all__ = ["Hit", "KindCount", "SearchResults", "forget", "index", "rebuild", "search"]
