"""Makes a backup: the database as it is at one moment, every file, and the checksums of both."""

import hashlib
import json
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import connection, transaction

from thuisbasis.base.storages import names_in

# In the order of what would hurt most; static files are made anew.
KEPT = ("private", "documents", "recordings", "default", "erased")
DUMP, SUMS, CONTENTS = "database.dump", "SHA256SUMS", "contents.json"
STAMP = "%Y-%m-%dT%H%M%SZ"
KEEP = 14


class BackupFailed(Exception):
    """There is no new backup; what was there is as it was."""


def make_backup(*, folder: Path, now: datetime) -> Path:
    """Make a backup in a new folder within `folder`, and return it; of older ones the newest fourteen stay.

    A file that was in the backup before and did not change since is linked, not copied. The new folder has its name
    only when all of it is there. Raises BackupFailed.
    """
    if connection.vendor != "postgresql":
        raise BackupFailed("Only PostgreSQL is backed up; of SQLite, copy the file while the site is stopped.")
    before = newest_backup(folder)
    target = folder / now.astimezone(UTC).strftime(STAMP)
    building = Path(f"{target}.new")
    try:
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(parents=True, mode=0o700)
        rows = _dump(building / DUMP)
        sums = {DUMP: checksum(building / DUMP)}
        for alias in KEPT:
            sums |= _keep_files(alias, building, before)
        (building / SUMS).write_text("".join(f"{value}  {name}\n" for name, value in sums.items()), encoding="utf-8")
        contents = {"made_at": now.astimezone(UTC).isoformat(), "rows": rows, "files": len(sums) - 1}
        (building / CONTENTS).write_text(json.dumps(contents, indent=1), encoding="utf-8")
        building.rename(target)
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(building, ignore_errors=True)
        raise BackupFailed(str(error)) from error
    for old in backups_in(folder)[:-KEEP]:
        shutil.rmtree(old, ignore_errors=True)
    return target


def backups_in(folder: Path) -> list[Path]:
    """Return the finished backups in a folder, the oldest first."""
    return sorted(found.parent for found in folder.glob(f"*Z/{CONTENTS}"))


def newest_backup(folder: Path) -> Path | None:
    """Return the newest finished backup, or None."""
    return next(reversed(backups_in(folder)), None)


def checksum(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def row_counts() -> dict[str, int]:
    """Return the number of rows of each table of ours, by its name."""
    with connection.cursor() as cursor:
        counts = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 (a name from the catalogue)
            counts[table] = cursor.fetchone()[0]
    return counts


def postgres_command(program: str, *arguments: str) -> tuple[list[str], dict[str, str]]:
    """Return the command and the environment with which one of PostgreSQL's programs reaches our database."""
    place = settings.DATABASES["default"]
    words = {"--host": place["HOST"], "--port": place["PORT"], "--username": place["USER"], "--dbname": place["NAME"]}
    given = [f"{name}={value}" for name, value in words.items() if value]
    return [program, "--no-password", *given, *arguments], {**os.environ, "PGPASSWORD": place["PASSWORD"] or ""}


@transaction.atomic
def _dump(target: Path) -> dict[str, int]:
    """Write the dump, and return what was in each table at that very moment."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
    command, environment = postgres_command(
        "pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}"
    )
    subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603 (PostgreSQL's own program)
    return row_counts()


def _keep_files(alias: str, building: Path, before: Path | None) -> dict[str, str]:
    sums = {}
    storage = storages[alias]
    for name in names_in(storage):
        place = f"files/{alias}/{name}"
        target, same = building / place, before / place if before else None
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            _keep_file(storage, name, target, same)
        except FileNotFoundError:
            # Taken away by somebody since we read the folder: the row of it is gone as well, or goes now.
            continue
        sums[place] = checksum(target)
    return sums


def _keep_file(storage: Storage, name: str, target: Path, same: Path | None) -> None:
    changed = storage.get_modified_time(name).timestamp()
    if same is not None and same.exists():
        known = same.stat()
        if known.st_size == storage.size(name) and known.st_mtime == changed:
            os.link(same, target)
            return
    with storage.open(name, "rb") as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)
    os.utime(target, (changed, changed))
