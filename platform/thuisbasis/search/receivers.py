"""Keeps the index free of people who were erased."""

from typing import Any

from django.db import connection
from django_tasks import task

from thuisbasis.accounts.signals import person_erased

# Ours, and the one that Wagtail's own search in the admin keeps.
FULL_TEXT_TABLES = ("search_words", "wagtailsearch_indexentry_fts")


def connect() -> None:
    """Listen to the accounts."""
    person_erased.connect(_person_erased, dispatch_uid="search-erased")


def _person_erased(**kwargs: Any) -> None:
    purge_removed_words.enqueue()


@task()
def purge_removed_words() -> bool:
    """Let SQLite rewrite its full-text indexes, and say whether that was needed.

    FTS5 only marks removed words as removed (SQLite documentation, "The optimize command");
    PostgreSQL rewrites the row.
    """
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        for table in FULL_TEXT_TABLES:
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 (constants)
    return True
