"""Turns text into the words by which it is found, once, in Python: so every engine finds the same."""

from .compounds import parts
from .stemming import fold, stem, stems, words
from .tokens import LANGUAGES, name_tokens, part_tokens, text_tokens, token_of, tokens

__all__ = [
    "LANGUAGES",
    "fold",
    "name_tokens",
    "part_tokens",
    "parts",
    "stem",
    "stems",
    "text_tokens",
    "token_of",
    "tokens",
    "words",
]
