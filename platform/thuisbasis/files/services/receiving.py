"""Large files, part by part: what arrived is kept, whatever happens to the connection."""

import shutil
import tempfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import IO, Any, BinaryIO, cast

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from thuisbasis.base.storages import names_in
from thuisbasis.files.inspection import LARGEST_FILE
from thuisbasis.files.models import PartialUpload, private_storage
from thuisbasis.files.services.storing import StorageIsFull

MOST_OPEN = 60
KEPT_FOR = timedelta(hours=24)
# Larger parts wait on the disk until all of it is there.
IN_MEMORY = 1024 * 1024


class UploadIsTooLarge(Exception):
    """More than a file may hold, or more than was announced."""


class TooManyUploads(Exception):
    """Somebody has too many unfinished uploads."""


class OffsetIsWrong(Exception):
    """The part does not begin where the last one ended."""


@transaction.atomic
def start_upload(*, user: Any, name: str, size: int, now: datetime) -> PartialUpload:
    """Expect a file of `size` bytes; raises UploadIsTooLarge or TooManyUploads."""
    if size > LARGEST_FILE:
        raise UploadIsTooLarge
    if PartialUpload.objects.filter(user=user).count() >= MOST_OPEN:
        raise TooManyUploads
    return PartialUpload.objects.create(user=user, name=name[:300], size=size, changed_at=now)


def receive_part(*, upload: PartialUpload, offset: int, chunks: Iterable[bytes], now: datetime) -> None:
    """Add a part that begins at `offset`; `upload.received` says how much is here afterwards.

    When the sender goes away half-way, the bytes that came are kept and the error goes on. Of two parts that arrive at
    the same moment the first that is whole counts. Raises OffsetIsWrong, UploadIsTooLarge or StorageIsFull.
    """
    upload.refresh_from_db(fields=["received"])
    if offset != upload.received:
        raise OffsetIsWrong
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as part:
        try:
            _gather(part, chunks, upload.size - offset)
        finally:
            _keep(upload, offset, part, now)


def _gather(part: IO[bytes], chunks: Iterable[bytes], room: int) -> None:
    for chunk in chunks:
        if part.tell() + len(chunk) > room:
            raise UploadIsTooLarge
        try:
            part.write(chunk)
        except OSError as error:
            raise StorageIsFull from error


@transaction.atomic
def _keep(upload: PartialUpload, offset: int, part: IO[bytes], now: datetime) -> None:
    """Store what came of a part and count it, unless another one was first."""
    came = part.tell()
    locked = PartialUpload.objects.select_for_update().filter(pk=upload.pk, received=offset).first()
    if locked is None:
        raise OffsetIsWrong
    if came:
        try:
            part.seek(0)
            # Left by a part that was stored and then not counted.
            private_storage().delete(_name(upload, offset))
            private_storage().save(_name(upload, offset), File(part))
        except OSError as error:
            raise StorageIsFull from error
    upload.received, upload.changed_at = offset + came, now
    upload.save(update_fields=["received", "changed_at"])


def open_upload(*, upload: PartialUpload) -> BinaryIO:
    """Return the gathered parts as one file for reading; raises StorageIsFull when not all of them can be reached."""
    gathered = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by whoever reads it)
    try:
        for name in _names(upload):
            with private_storage().open(name) as part:
                shutil.copyfileobj(part, gathered)
        # Where a part is missing, half a file would pass for a whole one.
        complete = gathered.tell() == upload.received
        gathered.seek(0)
    except OSError as error:
        raise StorageIsFull from error
    if not complete:
        raise StorageIsFull
    return cast("BinaryIO", gathered)


def stop_upload(*, upload: PartialUpload) -> None:
    """Forget an upload and what arrived of it; the bytes go only when that is certain."""
    folder = upload.folder
    upload.delete()
    transaction.on_commit(lambda: _remove_parts(folder))


@task()
def forget_old_uploads() -> int:
    """Remove uploads in which nothing arrived for a day, and return how many."""
    old = list(PartialUpload.objects.given_up(timezone.now() - KEPT_FOR))
    for upload in old:
        stop_upload(upload=upload)
    return len(old)


def _name(upload: PartialUpload, offset: int) -> str:
    return f"{upload.folder}/{offset:015d}"


def _names(upload: PartialUpload) -> list[str]:
    return sorted(names_in(private_storage(), f"{upload.folder}/"))


def _remove_parts(folder: str) -> None:
    storage = private_storage()
    for name in [*names_in(storage, f"{folder}/"), folder]:
        storage.delete(name)
