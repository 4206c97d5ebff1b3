"""A cache on Redis or Valkey that the site survives: while it is away, another one, in the database, does its work.

Limits on guessing passwords count in the cache, so that "no cache" may not mean "no limits".
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

# Seconds until a server that was away is asked again: one that hangs may not cost every visitor its time-out.
AWAY_FOR = 5.0


def _or_spare(name: str) -> Callable[..., Any]:
    def ask(self: "SteadyCache", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= SteadyCache.away_until:
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except RedisError as error:
                SteadyCache.away_until = time.monotonic() + AWAY_FOR
                log.warning("The cache is away (%s); the database takes over.", type(error).__name__)
        return getattr(caches["spare"], name)(*args, **kwargs)

    ask.__name__ = name
    return ask


class SteadyCache(RedisCache):
    """Django's cache on Redis; every question that it cannot answer goes to the cache that is called "spare"."""

    # Of all threads of this process together.
    away_until = 0.0

    add = _or_spare("add")
    get = _or_spare("get")
    set = _or_spare("set")
    touch = _or_spare("touch")
    delete = _or_spare("delete")
    get_many = _or_spare("get_many")
    set_many = _or_spare("set_many")
    delete_many = _or_spare("delete_many")
    has_key = _or_spare("has_key")
    incr = _or_spare("incr")
    clear = _or_spare("clear")
