"""Models of search."""

from .change import Change, EngineIndex
from .entry import EntryCue, EntryFacet, SearchEntry
from .saved import SavedSearch
from .wording import KnownWord, SearchMiss, SynonymSet

__all__ = [
    "Change",
    "EngineIndex",
    "EntryCue",
    "EntryFacet",
    "KnownWord",
    "SavedSearch",
    "SearchEntry",
    "SearchMiss",
    "SynonymSet",
]
