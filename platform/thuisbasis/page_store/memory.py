"""What a process asks the database once, until something changes that the public may see."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from wagtail.models import Site

from thuisbasis.page_store.services import change_is_under_way, current_generation

# What stands around a page takes some ten kilobytes.
MOST_VALUES = 2000
Value = TypeVar("Value")
# The generation that the values belong to, and the values by name; replaced together, as threads share them.
_kept: tuple[Path | None, dict[str, Any]] = (None, {})


def remembered(name: str, make: Callable[[], Value]) -> Value:
    """Return what `make` said earlier in this generation of stored pages, or ask it now.

    Only for what is the same for everybody and nobody changes afterwards; None is not kept. Without a page store, and
    in a transaction that changes something itself, `make` is asked each time.
    """
    global _kept  # noqa: PLW0603 (one for each process, as the generation is)
    generation = None if change_is_under_way() else current_generation()
    if generation is None:
        return make()
    of, values = _kept
    if of != generation or len(values) >= MOST_VALUES:
        values = {}
        _kept = (generation, values)
    found = values.get(name)
    if found is None:
        found = make()
        if found is not None:
            values[name] = found
    return cast("Value", found)


def site_of(request: Any) -> Site | None:
    """Return the site that a request asks, and leave it where Wagtail looks for it first."""
    if not hasattr(request, "_wagtail_site"):
        host = request.get_host()
        request._wagtail_site = remembered(f"site at {host}", lambda: Site.find_for_request(request))
    site: Site | None = request._wagtail_site
    return site
