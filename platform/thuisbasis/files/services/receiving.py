"""Large files, part by part: what arrived is kept, whatever happens to the connection."""

import fcntl
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from thuisbasis.files.inspection import LARGEST_FILE
from thuisbasis.files.models import PartialUpload, private_storage
from thuisbasis.files.services.storing import StorageIsFull

MOST_OPEN = 60
KEPT_FOR = timedelta(hours=24)


class UploadIsTooLarge(Exception):
    """More than a file may hold, or more than was announced."""


class TooManyUploads(Exception):
    """Somebody has too many unfinished uploads."""


class OffsetIsWrong(Exception):
    """The part does not begin where the last one ended."""


class UploadIsBusy(Exception):
    """Another part of the same file is arriving at this moment."""


@transaction.atomic
def start_upload(*, user: Any, name: str, size: int, now: datetime) -> PartialUpload:
    """Expect a file of `size` bytes; raises UploadIsTooLarge or TooManyUploads."""
    if size > LARGEST_FILE:
        raise UploadIsTooLarge
    if PartialUpload.objects.filter(user=user).count() >= MOST_OPEN:
        raise TooManyUploads
    upload = PartialUpload.objects.create(user=user, name=name[:300], size=size, changed_at=now)
    path = _path(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return upload


def receive_part(*, upload: PartialUpload, offset: int, chunks: Iterable[bytes], now: datetime) -> None:
    """Add a part that begins at `offset`; `upload.received` says how much is here afterwards.

    When the sender goes away half-way, the bytes that came are kept and the error goes on. Raises
    OffsetIsWrong, UploadIsBusy, UploadIsTooLarge or StorageIsFull.
    """
    with _path(upload).open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UploadIsBusy from error
        upload.refresh_from_db(fields=["received"])
        if offset != upload.received:
            raise OffsetIsWrong
        file.seek(offset)
        try:
            _write(file, chunks, upload)
        finally:
            upload.received = min(_end(file), upload.size)
            changes = {"received": upload.received, "changed_at": now}
            PartialUpload.objects.filter(pk=upload.pk).update(**changes)


def _end(file: BinaryIO) -> int:
    """Return how far the part got, and forget what an earlier one left behind it."""
    file.flush()
    place = file.tell()
    file.truncate(place)
    return place


def _write(file: BinaryIO, chunks: Iterable[bytes], upload: PartialUpload) -> None:
    for chunk in chunks:
        if file.tell() + len(chunk) > upload.size:
            raise UploadIsTooLarge
        try:
            file.write(chunk)
        except OSError as error:
            raise StorageIsFull from error


def open_upload(*, upload: PartialUpload) -> BinaryIO:
    """Return the gathered parts for reading."""
    return _path(upload).open("rb")


def stop_upload(*, upload: PartialUpload) -> None:
    """Forget an upload and what arrived of it."""
    _path(upload).unlink(missing_ok=True)
    upload.delete()


@task()
def forget_old_uploads() -> int:
    """Remove uploads in which nothing arrived for a day, and return how many."""
    old = list(PartialUpload.objects.given_up(timezone.now() - KEPT_FOR))
    for upload in old:
        stop_upload(upload=upload)
    return len(old)


def _path(upload: PartialUpload) -> Path:
    return Path(private_storage().path(upload.path))
