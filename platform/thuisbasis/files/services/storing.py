"""Keeping what somebody shares, in a place that no web server reaches."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import BinaryIO

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task
from PIL import Image

from thuisbasis.base.storages import names_in
from thuisbasis.files.inspection import FileIsRefused, inspect
from thuisbasis.files.inspection.pictures import written_anew
from thuisbasis.files.models import FileState, PartialUpload, StoredFile, TextState, private_storage
from thuisbasis.files.services.examining import examine_file

PORTRAIT_SIDE = 480
STRAY_AFTER = timedelta(days=1)


class StorageIsFull(Exception):
    """There is no room, or the storage cannot be reached: nothing was kept."""


@contextmanager
def storing_file(*, name: str, file: BinaryIO, now: datetime) -> Iterator[StoredFile]:
    """Inspect a file and keep it in quarantine until the worker examined it.

    What is done within belongs to the same transaction: the worker hears of the file when all of
    it is certain, and when something goes wrong the bytes go too. Raises FileIsRefused with the
    reason, or StorageIsFull.
    """
    found = inspect(name, file)
    content = File(file) if found.data is None else ContentFile(found.data)
    stored = StoredFile(
        name=found.name, extension=found.extension, media_type=found.media_type, size=content.size, created_at=now
    )
    stored.checksum = hashlib.file_digest(content, "sha256").hexdigest()
    content.seek(0)
    with _keeping(stored, content):
        examine_file.enqueue(stored.pk)
        stored.refresh_from_db()
        yield stored


def store_file(*, name: str, file: BinaryIO, now: datetime) -> StoredFile:
    """Keep a file as `storing_file` does, and return it."""
    with storing_file(name=name, file=file, now=now) as stored:
        return stored


def inspect_portrait(*, file: BinaryIO) -> bytes:
    """Return a picture's bytes without metadata, and leave the file at its start; raises FileIsRefused."""
    found = inspect(getattr(file, "name", "") or "foto.jpg", file)
    if found.data is None:
        raise FileIsRefused(_("Dit is geen foto. Kies een JPG, PNG of WebP."))
    return found.data


def store_portrait(*, file: BinaryIO, now: datetime) -> StoredFile:
    """Keep a picture of somebody: cut square, 480 pixels, with nothing in it but what one sees.

    The original is not kept. Raises FileIsRefused or StorageIsFull.
    """
    with Image.open(io.BytesIO(inspect_portrait(file=file))) as image:
        data = written_anew(image, "WEBP", box=(PORTRAIT_SIDE, PORTRAIT_SIDE))
    stored = StoredFile(
        name="foto.webp",
        extension="webp",
        media_type="image/webp",
        size=len(data),
        checksum=hashlib.sha256(data).hexdigest(),
        # Our own encoder wrote every byte of it: there is nothing left to scan.
        state=FileState.CLEAN,
        text_state=TextState.UNREADABLE,
        created_at=now,
        examined_at=now,
    )
    with _keeping(stored, ContentFile(data)):
        return stored


@contextmanager
def _keeping(stored: StoredFile, content: File) -> Iterator[None]:
    try:
        stored.file.save(stored.name, content, save=False)
    except OSError as error:
        raise StorageIsFull from error
    storage, name = stored.file.storage, str(stored.file.name)
    try:
        with transaction.atomic():
            stored.save()
            yield
    except BaseException:
        storage.delete(name)
        raise


def remove_file(*, stored: StoredFile) -> None:
    """Remove a file and its bytes; the bytes go only when the removal is certain."""
    storage, name = stored.file.storage, stored.file.name
    stored.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


@task()
def forget_stray_files() -> int:
    """Remove bytes of which no row knows, a day after they were written; return how many."""
    storage, limit = private_storage(), timezone.now() - STRAY_AFTER
    known = set(StoredFile.objects.values_list("file", flat=True))
    gathering = {upload.folder for upload in PartialUpload.objects.all()}
    strays = [
        name
        for name in names_in(storage)
        if name not in known and name.rpartition("/")[0] not in gathering and _is_older(storage, name, limit)
    ]
    for name in strays:
        storage.delete(name)
    return len(strays)


def _is_older(storage: Storage, name: str, limit: datetime) -> bool:
    try:
        return storage.get_modified_time(name) < limit
    except FileNotFoundError:
        return False
