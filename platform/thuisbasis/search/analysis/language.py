"""What is known about each language, read once from a file that people can check."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True, kw_only=True)
class Language:
    """Words too common to search for, the stem of each word with a family of its own, and parts of longer words."""

    stop_words: frozenset[str]
    families: dict[str, str]
    parts: frozenset[str]


@cache
def language_of(code: str) -> Language:
    """Return what is known about a language; raises FileNotFoundError for one that we know nothing of."""
    known = yaml.safe_load((DATA / f"{code}.yaml").read_text(encoding="utf-8"))
    families = [line.split() for line in known["families"]]
    return Language(
        stop_words=frozenset(known["stop_words"].split()),
        families={word: family[0] for family in families for word in family},
        parts=frozenset(known["parts"].split()),
    )
