"""Puts a backup back on a machine that has nothing yet, and proves that all of it is there."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files import File
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection, models

from thuisbasis.accounts.privacy import erase_again
from thuisbasis.config.backups.making import CONTENTS, DUMP, KEPT, SUMS, checksum, postgres_command, row_counts
from thuisbasis.page_store.services import begin_anew

Tell = Callable[[str], None]


class RestoreRefused(Exception):
    """The backup is not whole, or would come on top of something else; the message says which."""


def restore_backup(*, folder: Path, over_what_is_there: bool = False, tell: Tell = lambda _line: None) -> None:
    """Put database and files back as they were, erase again who was erased since, and build search anew.

    Nothing is touched before every checksum was found right. Raises RestoreRefused for a backup that is not whole, for
    a database that holds something (unless `over_what_is_there`), and when rows or files are missing afterwards.
    """
    tell("Checksums")
    names = _verified_names(folder)
    _make_room(over_what_is_there)
    tell("Database")
    command, environment = postgres_command("pg_restore", "--no-owner", "--exit-on-error", str(folder / DUMP))
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)  # noqa: S603 (PostgreSQL's own program)
    if done.returncode:
        raise RestoreRefused(done.stderr[-2000:])
    _forget_what_was_known()
    _compare_rows(json.loads((folder / CONTENTS).read_text(encoding="utf-8"))["rows"])
    tell(f"{len(names)} files")
    _put_files(folder, names)
    missing = missing_files()
    call_command("migrate", verbosity=0, interactive=False)
    tell(f"{erase_again()} people erased again")
    call_command("rebuild_search", stdout=open(os.devnull, "w"))  # noqa: SIM115, PTH123 (nothing is written)
    begin_anew()
    for name in missing:
        tell(f"Taken away while the backup was made: {name}")


def _verified_names(folder: Path) -> list[str]:
    """Return the names of the files of a backup; raises RestoreRefused when one is not what it was."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
        pairs = [line.split("  ", 1) for line in lines]
        wrong = [name for expected, name in pairs if checksum(folder / name) != expected]
    except OSError as error:
        raise RestoreRefused(f"The backup is not whole: {error}") from error
    if wrong:
        raise RestoreRefused(f"Not what they were: {', '.join(wrong[:20])}")
    return [name for _sum, name in pairs if name != DUMP]


def _make_room(over_what_is_there: bool) -> None:
    if not connection.introspection.table_names():
        return
    if not over_what_is_there:
        raise RestoreRefused("The database is not empty. Say so when it may be replaced: --over-what-is-there.")
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def _forget_what_was_known() -> None:
    """What this process and the cache remember is of the database that was there before."""
    ContentType.objects.clear_cache()
    cache.clear()


def _compare_rows(expected: dict[str, int]) -> None:
    found = row_counts()
    wrong = [f"{table}: {found.get(table)} of {rows}" for table, rows in expected.items() if found.get(table) != rows]
    if wrong:
        raise RestoreRefused(f"Rows are missing: {', '.join(wrong)}")


def _put_files(folder: Path, names: list[str]) -> None:
    for place in names:
        _files, alias, name = place.split("/", 2)
        storage = storages[alias]
        if storage.exists(name):
            storage.delete(name)
        with (folder / place).open("rb") as opened:
            storage.save(name, File(opened))


def missing_files() -> list[str]:
    """Return the names of files that the database speaks of and no storage has."""
    missing = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField) and field.storage in [storages[alias] for alias in KEPT]:
                names = model._default_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
                missing += [name for name in names.iterator() if name and not field.storage.exists(name)]
    return missing
