"""Parts of addresses that nothing else has yet."""

from collections.abc import Collection

from django.utils.text import slugify

LONGEST = 80


def slug_base(name: str, fallback: str) -> str:
    """Return a name as part of an address, at most 80 characters; the fallback when nothing is left of it."""
    return slugify(name)[:LONGEST] or fallback


def first_free_slug(base: str, taken: Collection[str]) -> str:
    """Return the base itself or, when it is taken, the base with the first free number from 2."""
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (base, *numbered) if slug not in taken)
