"""New versions at the same address, and old ones put back."""

from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Max

from members.library.models import Document, DocumentVersion
from members.library.policies import may_change
from members.library.services.sharing import settle_version
from thuisbasis.files.models import StoredFile
from thuisbasis.files.services import storing_file
from thuisbasis.network.policies import Visitor
from thuisbasis.network.refusals import NotForYou


class VersionIsUnknown(Exception):
    """The document has no such version, or it was refused."""


def add_version(
    *, document: Document, actor: Any, visitor: Visitor, name: str, file: BinaryIO, note: str, now: datetime
) -> DocumentVersion:
    """Add a version; others keep getting the last clean one until the new one was examined.

    Raises NotForYou, and FileIsRefused or StorageIsFull of the files.
    """
    if not may_change(visitor, document):
        raise NotForYou
    with storing_file(name=name, file=file, now=now) as stored:
        return _add(document, stored, actor, note, now)


@transaction.atomic
def restore_version(
    *, document: Document, number: int, note: str, actor: Any, visitor: Visitor, now: datetime
) -> DocumentVersion:
    """Put an old version back as the newest; nothing in between is lost. Raises NotForYou or VersionIsUnknown."""
    if not may_change(visitor, document):
        raise NotForYou
    old = document.versions.select_related("file").filter(number=number).first()
    if old is None or not old.may_be_seen:
        raise VersionIsUnknown
    return _add(document, old.file, actor, note, now, accepted_at=old.traces_accepted_at)


@transaction.atomic
def _add(
    document: Document, stored: StoredFile, actor: Any, note: str, now: datetime, *, accepted_at: datetime | None = None
) -> DocumentVersion:
    Document.objects.select_for_update().get(pk=document.pk)
    highest = document.versions.aggregate(number=Max("number"))["number"] or 0
    version = DocumentVersion.objects.create(
        document=document,
        number=highest + 1,
        file=stored,
        note=note,
        created_by=actor,
        created_at=now,
        traces_accepted_at=accepted_at,
    )
    settle_version(version=version, now=now)
    return version
