"""Engines that find: the database always, and beside it what SEARCH_URL names."""

from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

from .asking import MOST_COUNTED, Ask, Engine, EngineFailed, Found, Variant
from .breaker import Breaker
from .database import DatabaseEngine

if TYPE_CHECKING:
    from .elastic import ElasticEngine

breaker = Breaker()


def engine_beside() -> "ElasticEngine | None":
    """Return the search engine that the settings name, or None when the database does the work."""
    wanted = settings.SEARCH_ENGINE
    return _engine(wanted["kind"], wanted["url"], wanted["alias"]) if wanted else None


@cache
def _engine(kind: str, url: str, alias: str) -> "ElasticEngine":
    # Its client costs 36 MB and a quarter of a second, of which a site without such an engine should not know.
    from .elastic import ElasticEngine

    return ElasticEngine(kind, url, alias)


__all__ = [
    "MOST_COUNTED",
    "Ask",
    "Breaker",
    "DatabaseEngine",
    "Engine",
    "EngineFailed",
    "Found",
    "Variant",
    "breaker",
    "engine_beside",
]
