"""Stems of words, in Dutch, English and French.

Dutch uses Snowball's Porter variant; its newer Kraaij-Pohlmann stemmer folds "begeleiding"
into "beleid". Porter leaves huis/huizen and brief/brieven apart, because Dutch writes the
voiced consonant only before a vowel: a final z becomes s and a final v becomes f, as in speech.
It also leaves the doubled consonant of "gezinnen"; no Dutch word ends in two of the same.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

from thuisbasis.search.analysis.language import language_of

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)
ALGORITHMS = {"nl": "dutch_porter", "en": "english", "fr": "french"}
VOICED = {"z": "s", "v": "f"}
# What stands before the apostrophe is no part of a French word: l'accueil, d'abord, qu'on.
ELISION = re.compile(r"^(?:[cdjlmnst]|qu|lorsqu|puisqu)'")
LONGEST_WORD = 60


def words(text: str) -> list[tuple[str, int, int]]:
    """Return each word of the text with where it starts and ends."""
    return [(match.group(), match.start(), match.end()) for match in WORD.finditer(text)]


@lru_cache(maxsize=100_000)
def stem(word: str, language: str = "nl") -> str:
    """Return the stem of one word, or "" for a word too common to search for."""
    lower = fold(word.lower().replace("’", "'"))[:LONGEST_WORD]
    if language == "fr":
        lower = ELISION.sub("", lower)
    known = language_of(language)
    if lower in known.stop_words:
        return ""
    if lower in known.families:
        return known.families[lower]
    stemmed = snowballstemmer.stemmer(ALGORITHMS[language]).stemWord(lower)
    if language == "nl":
        stemmed = _dutch_ending(stemmed)
    return stemmed.replace("'", "")


def fold(text: str) -> str:
    """Return the text without accents, so that "reële" is found by "reele"."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def stems(text: str, language: str = "nl") -> list[str]:
    """Return the stems of the text in order, without the words too common to search for."""
    found = (stem(word, language) for word, _, _ in words(text))
    return [stemmed for stemmed in found if stemmed]


def _dutch_ending(stemmed: str) -> str:
    if len(stemmed) > 3 and stemmed[-1] == stemmed[-2] and stemmed[-1] not in "aeiou":
        stemmed = stemmed[:-1]
    return stemmed[:-1] + VOICED.get(stemmed[-1], stemmed[-1]) if stemmed else stemmed
