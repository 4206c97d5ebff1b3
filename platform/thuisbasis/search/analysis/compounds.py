"""Takes long Dutch words apart, when they are indexed.

Only then: whoever looks for "opvang" wants "daklozenopvang" too, but whoever looks for
"daklozenopvang" does not want every "opvang" (the trap of splitting while searching).
"""

from functools import cache, lru_cache

from thuisbasis.search.analysis.language import language_of
from thuisbasis.search.analysis.stemming import fold, stem

SHORTEST_PART = 3
SHORTEST_COMPOUND = 7
# Letters that stand between two parts: "huur-s-prijs", "daklozen-opvang", "kind-er-tehuis".
LINKS = ("", "s", "en", "n", "e", "er")


@lru_cache(maxsize=100_000)
def parts(word: str, language: str = "nl") -> tuple[str, ...]:
    """Return the stems of the words that this one is made of; none when it is no compound that we know.

    A compound of three yields its ends of two as well: "schuldhulpverlening" also yields "hulpverlen".
    """
    lower = fold(word.lower())
    if not language_of(language).parts or len(lower) < SHORTEST_COMPOUND or not lower.isalpha():
        return ()
    found = _split(lower, language)
    return tuple(dict.fromkeys(stem(part, language) for part in found)) if found else ()


def _split(word: str, language: str) -> list[str]:
    """Return the parts from the split whose first part is longest; an empty list when there is none."""
    for cut in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        first = _without_link(word[:cut], language)
        if not first:
            continue
        rest = word[cut:]
        if _is_part(rest, language):
            return [first, rest]
        deeper = _split(rest, language)
        if deeper:
            return [first, rest, *deeper]
    return []


def _without_link(text: str, language: str) -> str:
    for link in LINKS:
        bare = text.removesuffix(link) if link else text
        if len(bare) < len(text) + (not link) and len(bare) >= SHORTEST_PART and _is_part(bare, language):
            return bare
    return ""


def _is_part(text: str, language: str) -> bool:
    return text in language_of(language).parts or stem(text, language) in _part_stems(language)


@cache
def _part_stems(language: str) -> frozenset[str]:
    return frozenset(stem(part, language) for part in language_of(language).parts)
