"""What has to be there before visitors are sent to this process."""

import os
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.cache import cache as shared
from django.core.files.storage import storages
from django.core.files.storage.filesystem import FileSystemStorage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

# Says nothing about anybody; only that the cache gives back what it was given.
MARK = "readiness"


def parts_not_ready() -> list[str]:
    """Return the names of the parts that are not ready: "database", "migrations", "cache" and "files"."""
    if not _database_answers():
        return ["database"]
    parts = {"migrations": _migrations_are_done, "cache": cache_remembers, "files": _files_can_be_kept}
    return [name for name, is_ready in parts.items() if not is_ready()]


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


class _NotYet(Exception):
    """Migrations wait; the next request asks again."""


@cache
def _no_migration_waits() -> None:
    """Return when every migration of this release was done, which remains so; raises _NotYet."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise _NotYet


def _migrations_are_done() -> bool:
    try:
        _no_migration_waits()
    except _NotYet:
        return False
    return True


def cache_remembers() -> bool:
    """Say whether the cache gives back what it was given; one that is replaced for a while by another does."""
    shared.set(MARK, MARK, timeout=60)
    return bool(shared.get(MARK) == MARK)


def _files_can_be_kept() -> bool:
    """Say whether files can be written; stores on other machines are asked by whoever needs them."""
    folders = [
        Path(storage.location)
        for alias in settings.STORAGES
        if alias != "staticfiles" and isinstance(storage := storages[alias], FileSystemStorage)
    ]
    return all(
        os.access(next(place for place in (folder, *folder.parents) if place.exists()), os.W_OK) for folder in folders
    )
