"""Use cases of search."""

from .indexing import forget, index, rebuild
from .misses import forget_old_misses, frequent_misses, note_miss
from .promoting import recommended
from .querying import SearchResults, keys_found, resembling, search
from .saving import NothingToSave, TooManySaved, forget_search, new_since, save_search
from .showing import FacetChoice, FacetValue, Hit, Moment
from .spelling import did_you_mean, read_words, suggestions

__all__ = [
    "FacetChoice",
    "FacetValue",
    "Hit",
    "Moment",
    "NothingToSave",
    "SearchResults",
    "TooManySaved",
    "did_you_mean",
    "forget",
    "forget_old_misses",
    "forget_search",
    "frequent_misses",
    "index",
    "keys_found",
    "new_since",
    "note_miss",
    "read_words",
    "rebuild",
    "recommended",
    "resembling",
    "save_search",
    "search",
    "suggestions",
]
