"""Use cases of search."""

from .indexing import forget, index, rebuild
from .querying import Hit, KindCount, SearchResults, keys_found, search

__all__ = ["Hit", "KindCount", "SearchResults", "forget", "index", "keys_found", "rebuild", "search"]
