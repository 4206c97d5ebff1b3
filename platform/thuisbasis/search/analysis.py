"""Turns text into the stems by which it is found, in Dutch, English and French.

Dutch uses Snowball's Porter variant; its newer Kraaij-Pohlmann stemmer folds "begeleiding"
into "beleid". Porter leaves huis/huizen and brief/brieven apart, because Dutch writes the
voiced consonant only before a vowel: a final z becomes s and a final v becomes f, as in speech.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)
ALGORITHMS = {"nl": "dutch_porter", "en": "english", "fr": "french"}
STOP_WORDS = {
    "nl": frozenset(
        [
            "aan",
            "als",
            "bij",
            "dat",
            "de",
            "den",
            "der",
            "die",
            "dit",
            "door",
            "een",
            "en",
            "er",
            "het",
            "hoe",
            "ik",
            "in",
            "is",
            "je",
            "me",
            "met",
            "mijn",
            "naar",
            "niet",
            "of",
            "om",
            "ook",
            "op",
            "over",
            "te",
            "tot",
            "uit",
            "van",
            "voor",
            "wat",
            "we",
            "wie",
            "wij",
            "ze",
            "zij",
            "zijn",
        ]
    ),
    "en": frozenset(
        [
            "a",
            "an",
            "and",
            "are",
            "as",
            "at",
            "by",
            "for",
            "from",
            "in",
            "is",
            "it",
            "of",
            "on",
            "or",
            "that",
            "the",
            "to",
            "with",
        ]
    ),
    "fr": frozenset(
        [
            "à",
            "au",
            "aux",
            "de",
            "des",
            "du",
            "en",
            "est",
            "et",
            "la",
            "le",
            "les",
            "ou",
            "par",
            "pour",
            "que",
            "qui",
            "un",
            "une",
        ]
    ),
}
# Word families that the stemmer splits or joins wrongly; the value is their common stem.
OVERRIDES = {
    "nl": {
        "dakloosheid": "daklos",
        "dakloos": "daklos",
        "daklozen": "daklos",
        "dakloze": "daklos",
        "thuisloosheid": "thuislos",
        "thuisloos": "thuislos",
        "thuislozen": "thuislos",
        "thuisloze": "thuislos",
        "steden": "stad",
        "schulden": "schuld",
    },
    "en": {},
    "fr": {},
}


def words(text: str) -> list[tuple[str, int, int]]:
    """Return each word of the text with where it starts and ends."""
    return [(match.group(), match.start(), match.end()) for match in WORD.finditer(text)]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str = "nl") -> str:
    """Return the stem of one word, or "" for a word too common to search for."""
    lower = word.lower().replace("’", "'")
    if lower in STOP_WORDS[language]:
        return ""
    if lower in OVERRIDES[language]:
        return OVERRIDES[language][lower]
    stemmed = snowballstemmer.stemmer(ALGORITHMS[language]).stemWord(fold(lower))
    if language == "nl":
        stemmed = _devoice(stemmed)
    return stemmed.replace("'", "")


def fold(text: str) -> str:
    """Return the text without accents, so that "reële" is found by "reele"."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def stems(text: str, language: str = "nl") -> list[str]:
    """Return the stems of the text in order, without the words too common to search for."""
    found = (stem(word, language) for word, _, _ in words(text))
    return [stemmed for stemmed in found if stemmed]


def _devoice(stemmed: str) -> str:
    if stemmed.endswith("z"):
        return stemmed[:-1] + "s"
    if stemmed.endswith("v"):
        return stemmed[:-1] + "f"
    return stemmed
