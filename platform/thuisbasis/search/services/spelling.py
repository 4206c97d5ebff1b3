"""What somebody meant who typed something else, and what somebody means who has only begun to type.

Candidates come from the words of everything that can be found, restricted things too; nothing is
proposed before the visitor's own search says that it finds something that this visitor may see.
"""

import time
from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django_tasks import task
from rapidfuzz import process
from rapidfuzz.distance import OSA

from thuisbasis.network.policies import Visitor
from thuisbasis.search.analysis import fold, name_tokens, stem, words
from thuisbasis.search.analysis.language import language_of
from thuisbasis.search.engines import DatabaseEngine, EngineFailed, breaker, engine_beside
from thuisbasis.search.models import KnownWord, SearchEntry
from thuisbasis.search.services.asking import clean, reading_language
from thuisbasis.search.services.querying import finds_something

SHORTEST_WORD = 4
MOST_CANDIDATES = 4
MOST_TRIED = 4
MOST_SUGGESTED = 6
FRESH_FOR = 300.0
LONGEST_WORD = 60


@dataclass
class _Vocabulary:
    """The words of one language with how often they occur, as this process last read them."""

    uses: dict[str, int]
    stems: frozenset[str]
    read_at: float


_vocabularies: dict[str, _Vocabulary] = {}


def did_you_mean(*, text: str, visitor: Visitor) -> str:
    """Return the text with its unknown words corrected, or "" when nothing better finds something for this visitor."""
    text = clean(text)
    for corrected in _corrections(text, reading_language())[:MOST_TRIED]:
        if finds_something(text=corrected, visitor=visitor):
            return corrected
    return ""


def suggestions(*, text: str, visitor: Visitor) -> list[str]:
    """Return names of things that this visitor may see, in which the words typed so far begin a word.

    When there are none, those for the text as it was probably meant. At most `MOST_SUGGESTED`.
    """
    text = clean(text)
    found = _names(text, visitor)
    if found or not text:
        return found
    for corrected in _corrections(text, reading_language())[:MOST_TRIED]:
        found = _names(corrected, visitor)
        if found or finds_something(text=corrected, visitor=visitor):
            return [corrected, *(name for name in found if name.lower() != corrected)][:MOST_SUGGESTED]
    return []


@task()
def read_words() -> int:
    """Count the words of everything that can be found anew, and return how many there are."""
    counted: dict[str, Counter[str]] = {}
    for language, *texts in SearchEntry.objects.values_list("language", "name", "summary", "text").iterator():
        known = language_of(language).stop_words
        found = {fold(word.lower()) for text in texts for word, _begin, _end in words(text)}
        counter = counted.setdefault(language, Counter())
        counter.update(
            word
            for word in found
            if SHORTEST_WORD <= len(word) <= LONGEST_WORD and word.isalpha() and word not in known
        )
    rows = [
        KnownWord(language=language, word=word, uses=uses)
        for language, counter in counted.items()
        for word, uses in counter.items()
    ]
    with transaction.atomic():
        KnownWord.objects.all().delete()
        KnownWord.objects.bulk_create(rows, batch_size=2000)
    _vocabularies.clear()
    return len(rows)


def _names(text: str, visitor: Visitor) -> list[str]:
    beginnings = name_tokens(text).split()
    if not beginnings or len(beginnings[-1]) < 2:
        return []
    keys = _completed(beginnings, visitor)
    names = dict(SearchEntry.objects.visible_to(visitor).filter(pk__in=keys).values_list("pk", "name"))
    return list(dict.fromkeys(names[key] for key in keys if key in names))[:MOST_SUGGESTED]


def _completed(beginnings: list[str], visitor: Visitor) -> list[int]:
    asked = {"visitor": visitor, "language": reading_language(), "size": MOST_SUGGESTED * 2}
    engine = engine_beside()
    if engine is not None and not breaker.is_open:
        try:
            return engine.complete(beginnings, **asked)  # type: ignore[arg-type] # the three of them, by name
        except EngineFailed:
            breaker.failed()
    return DatabaseEngine().complete(beginnings, **asked)  # type: ignore[arg-type] # the three of them, by name


def _corrections(text: str, language: str) -> list[str]:
    """Return the text with each unknown word replaced by its likeliest corrections, the likeliest first."""
    known = _vocabulary(language)
    begun: list[list[str]] = [[]]
    changed = False
    for word, _begin, _end in words(text):
        lower = fold(word.lower())
        options = [lower]
        if len(lower) >= SHORTEST_WORD and lower not in known.uses and stem(lower, language) not in known.stems:
            options = _nearest(lower, known.uses) or [lower]
            changed = changed or options != [lower]
        begun = [[*before, option] for before in begun for option in options][:MOST_TRIED]
    return [" ".join(found) for found in begun] if changed else []


def _nearest(word: str, uses: dict[str, int]) -> list[str]:
    """Return the known words within one change, or two for a long word (optimal string alignment distance)."""
    most = 1 if len(word) < 6 else 2
    found = process.extract(word, uses.keys(), scorer=OSA.distance, score_cutoff=most, limit=50)
    likeliest = sorted(found, key=lambda match: (match[1], match[0][:1] != word[:1], -uses[match[0]]))
    return [match[0] for match in likeliest[:MOST_CANDIDATES]]


def _vocabulary(language: str) -> _Vocabulary:
    known = _vocabularies.get(language)
    if known is None or time.monotonic() - known.read_at > FRESH_FOR:
        uses = dict(KnownWord.objects.filter(language=language).values_list("word", "uses"))
        stems = frozenset(stem(word, language) for word in uses)
        known = _vocabularies[language] = _Vocabulary(uses=uses, stems=stems, read_at=time.monotonic())
    return known
