"""Turns what somebody types into a question for an engine."""

from collections.abc import Iterator
from dataclasses import replace

from django.conf import settings
from django.utils.translation import get_language

from thuisbasis.network.policies import Visitor
from thuisbasis.search.analysis import LANGUAGES, part_tokens, token_of, tokens, words
from thuisbasis.search.engines import Ask, Variant
from thuisbasis.search.services.synonyms import clauses_of, synonyms

MAX_QUERY_LENGTH = 200
MOST_WORDS = 20


def clean(text: str) -> str:
    """Return the text as it is searched for: one line, nothing unprintable, not too long."""
    return " ".join(text.replace("\x00", "").split())[:MAX_QUERY_LENGTH]


def reading_language() -> str:
    """Return the language of the page on which somebody searches."""
    code = get_language() or settings.LANGUAGE_CODE
    return code if code in LANGUAGES else settings.LANGUAGE_CODE


def ask_for(text: str, visitor: Visitor) -> Ask:
    """Return the question, as each language understands it; without variants there is nothing to ask."""
    found = {code: wanted for code in LANGUAGES if (wanted := tokens(text, code)[:MOST_WORDS])}
    known = synonyms() if found else {}
    variants = tuple(Variant(language=code, clauses=clauses_of(wanted, known[code])) for code, wanted in found.items())
    return Ask(variants=variants, visitor=visitor, language=reading_language())


def looser(ask: Ask, text: str) -> Iterator[Ask]:
    """Yield what to ask when nothing has every word.

    First with long words taken apart, of which all parts must occur: who finds no "burenoverlast" is
    helped by neighbours and nuisance, and not by every nuisance. Then for anything with some of the words.
    """
    taken_apart = tuple(
        Variant(language=variant.language, clauses=tuple(((token,),) for token in _parts(text, variant.language)))
        for variant in ask.variants
    )
    if any(part_tokens(text, variant.language) for variant in ask.variants):
        yield replace(ask, variants=taken_apart)
    if any(len(variant.clauses) > 1 for variant in taken_apart):
        yield replace(ask, variants=taken_apart, is_any=True)


def _parts(text: str, language: str) -> list[str]:
    found: dict[str, None] = {}
    for word, _begin, _end in words(text):
        one = token_of(word, language)
        found |= dict.fromkeys(part_tokens(word, language).split() or ([one] if one else []))
    return list(found)
