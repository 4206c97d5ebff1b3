"""Finds an address for a page that is made in code."""

from typing import Any

from thuisbasis.base.slugs import first_free_slug, slug_base


def free_page_slug(parent: Any, title: str, fallback: str) -> str:
    """Return a slug that no page under this parent has, made of the title or else of the fallback."""
    base = slug_base(title, fallback)
    taken = parent.get_children().filter(slug__startswith=base).values_list("slug", flat=True)
    return first_free_slug(base, set(taken))
