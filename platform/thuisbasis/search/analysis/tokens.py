"""The words as the engines store them: a stem with its language in front, letters and digits only.

"nlhuis" never meets the English "enhuis", and no engine can take such a word apart, so that one
field serves three languages and no engine needs an analyser of its own.
"""

from thuisbasis.search.analysis.compounds import parts
from thuisbasis.search.analysis.stemming import fold, stem, stems, words

LANGUAGES = ("nl", "en", "fr")
# PostgreSQL keeps no positions beyond 16,383 and no more than a megabyte of one text.
MOST_TOKENS = 16_000


def tokens(text: str, language: str) -> list[str]:
    """Return the words of the text as they are indexed and asked for, in order."""
    return [f"{language}{stemmed}" for stemmed in stems(text, language)[:MOST_TOKENS]]


def text_tokens(text: str, language: str) -> str:
    """Return the same, as one text."""
    return " ".join(tokens(text, language))


def part_tokens(text: str, language: str) -> str:
    """Return the words of which the long words of the text are made, each once."""
    found = {part: None for word, _, _ in words(text) for part in parts(word, language)}
    return " ".join(f"{language}{part}" for part in found if part)


def name_tokens(text: str) -> str:
    """Return the words of a name as people begin to type them: not stemmed, without accents, in small letters."""
    return " ".join(fold(word.lower()).replace("'", "").replace("’", "") for word, _, _ in words(text))


def token_of(word: str, language: str) -> str:
    """Return one word as it is asked for, "" for a word too common."""
    stemmed = stem(word, language)
    return f"{language}{stemmed}" if stemmed else ""
