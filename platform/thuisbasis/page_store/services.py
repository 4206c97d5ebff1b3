"""Generations of stored answers: a change begins a new, empty one, and the old one is never asked again.

An answer is stored in the generation that was current before it was made. So what was read before a change can
never be found after it, however long the reading took.
"""

import fcntl
import gzip
import json
import logging
import os
import re
import shutil
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

log = logging.getLogger(__name__)

CURRENT = "current"
# What the web server in front recognises too: deploy/nginx-pages.conf.
STORABLE = re.compile(r"(?:/[a-z0-9_-]+)*(?:/|/[a-z0-9_-]+\.xml)")
# Smaller answers travel in one packet anyway.
WORTH_COMPRESSING = 500
KEEP_GENERATIONS = 2
# Belong to one way of sending, and are made anew each time.
OF_TRANSPORT = {"content-length", "content-encoding", "date", "connection", "server"}
TYPES = ("text/html", "application/atom+xml", "application/rss+xml", "application/xml")

Headers = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class StoredAnswer:
    """An answer to everybody: headers but for those of the transport, and its bytes; `small` is gzipped, or None."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    small: bytes | None

    @property
    def etag(self) -> str:
        """Return the entity tag, or ""."""
        return next((value for name, value in self.headers if name.lower() == "etag"), "")


def current_generation() -> Path | None:
    """Return the folder in which answers are stored now; None when there is none, or no store at all."""
    if not settings.PAGE_STORE:
        return None
    try:
        return Path(settings.PAGE_STORE, os.readlink(Path(settings.PAGE_STORE, CURRENT)))  # noqa: PTH115 (half the time)
    except OSError:
        return None


def begin_anew() -> None:
    """Make everything that is stored old, at once.

    A store that cannot be written is closed instead: pages are slow then, and never wrong. Raises OSError when
    even that fails.
    """
    if not settings.PAGE_STORE:
        return
    try:
        with _alone():
            _make_current(new_generation())
    except OSError:
        log.exception("No new generation of stored pages could be made; the store is closed.")
        Path(settings.PAGE_STORE, CURRENT).unlink(missing_ok=True)


def begin_anew_on_commit() -> None:
    """Make everything old as soon as this transaction is done, once whatever the number of changes in it."""
    if not settings.PAGE_STORE:
        return
    connection = transaction.get_connection()
    waiting = connection.run_on_commit[-1:]
    # A savepoint that is rolled back takes its own call along, so that each needs one.
    if not waiting or waiting[0][:2] != (set(connection.savepoint_ids), begin_anew):
        transaction.on_commit(begin_anew, robust=True)


def change_is_under_way() -> bool:
    """Say whether this transaction changed something that the public may see, and is not done yet."""
    return any(call[1] is begin_anew for call in transaction.get_connection().run_on_commit)


def new_generation() -> Path:
    """Make an empty generation that nobody asks yet; raises OSError."""
    folder = Path(settings.PAGE_STORE, f"{time.time_ns():x}-{os.getpid():x}")
    folder.mkdir(parents=True)
    return folder


def make_current(*, generation: Path, instead_of: Path | None) -> bool:
    """Let a filled generation take over, unless another one came in between: then something changed, and it is old."""
    with _alone():
        if current_generation() != instead_of:
            shutil.rmtree(generation, ignore_errors=True)
            return False
        _make_current(generation)
        return True


def forget_old_generations() -> None:
    """Remove what is no longer asked, but for the one that somebody may just be reading."""
    current = current_generation()
    older = sorted(folder for folder in Path(settings.PAGE_STORE).glob("*-*") if current and folder.name < current.name)
    for folder in older[: -KEEP_GENERATIONS + 1]:
        shutil.rmtree(folder, ignore_errors=True)


def keep(*, generation: Path, path: str, answer: StoredAnswer) -> bool:
    """Store the answer to a path; say whether it is there. A full disk or a generation that is gone does no harm."""
    file = file_of(generation, path)
    try:
        for folder in [*reversed(file.relative_to(generation).parents)][1:]:
            (generation / folder).mkdir(exist_ok=True)
        sign = zlib.crc32(answer.body) & 0x7FFFFFFF
        _write(file, answer.body, sign)
        if answer.small is not None:
            _write(file.with_name(f"{file.name}.gz"), answer.small, sign)
        # The headers come last: without them nobody finds an answer.
        _write(file.with_name(f"{file.name}.head"), json.dumps(answer.headers).encode(), sign)
    except FileNotFoundError:
        return False
    except OSError:
        log.warning("A page could not be stored.", exc_info=True)
        for rest in file.parent.glob(f"{file.name}*"):
            rest.unlink(missing_ok=True)
        return False
    return True


def find(*, generation: Path, path: str) -> StoredAnswer | None:
    """Return the stored answer to a path, or None."""
    file = file_of(generation, path)
    try:
        headers = json.loads(file.with_name(f"{file.name}.head").read_bytes())
        body = file.read_bytes()
        packed = file.with_name(f"{file.name}.gz")
        small = packed.read_bytes() if packed.exists() else None
    except OSError:
        return None
    return StoredAnswer(headers=tuple((name, value) for name, value in headers), body=body, small=small)


def is_for_everybody(status: str, headers: Headers) -> bool:
    """Say whether an answer is whole, public and the same for all."""
    known = {name.lower(): value for name, value in headers}
    said = {part.strip().lower() for part in known.get("cache-control", "").split(",")}
    return (
        status.startswith("200")
        and "public" in said
        and "no-store" not in said
        and "set-cookie" not in known
        and known.get("content-type", "").startswith(TYPES)
    )


def answer_of(headers: Headers, body: bytes) -> StoredAnswer:
    """Return what was said as it is stored: in full, and as small as gzip makes it."""
    is_small = any((name.lower(), value) == ("content-encoding", "gzip") for name, value in headers)
    whole = gzip.decompress(body) if is_small else body
    kept = tuple((name, value) for name, value in headers if name.lower() not in OF_TRANSPORT)
    small = gzip.compress(whole, 6) if len(whole) >= WORTH_COMPRESSING else None
    return StoredAnswer(headers=kept, body=whole, small=small)


def file_of(generation: Path, path: str) -> Path:
    """Return the file of a path that fits STORABLE."""
    return generation / (f"{path}index.html" if path.endswith("/") else path).lstrip("/")


def _write(file: Path, content: bytes, sign: int) -> None:
    """Write all of a file or nothing. nginx makes an ETag of its time: here that is a sum of what the page says."""
    unfinished = file.with_name(f"{file.name}.{os.getpid():x}.{time.time_ns():x}")
    unfinished.write_bytes(content)
    os.utime(unfinished, (sign, sign))
    unfinished.replace(file)


def _make_current(generation: Path) -> None:
    link = Path(settings.PAGE_STORE, f".{generation.name}")
    link.symlink_to(generation.name)
    link.replace(Path(settings.PAGE_STORE, CURRENT))


@contextmanager
def _alone() -> Iterator[None]:
    folder = Path(settings.PAGE_STORE)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
