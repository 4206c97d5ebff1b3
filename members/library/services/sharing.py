"""Sharing documents: first uploaded, then shown to exactly those whom somebody chose."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from members.library.models import Document, DocumentVersion
from members.library.policies import may_change, may_share
from thuisbasis.accounts.models import AuditAction
from thuisbasis.accounts.services import record
from thuisbasis.files.models import FileState, StoredFile
from thuisbasis.files.services import remove_file, storing_file
from thuisbasis.network.models import Audience, Practice
from thuisbasis.network.policies import Visitor, may_see
from thuisbasis.network.refusals import NotForYou
from thuisbasis.network.services import people_reached
from thuisbasis.notices.services import notify
from thuisbasis.search.services import forget, index

# What a public document reaches, in `AudienceGetsWider`.
EVERYONE = 1_000_000


class AudienceGetsWider(Exception):
    """People will see the document who could not before: somebody must say so; `people` is how many."""

    def __init__(self, people: int) -> None:
        super().__init__(people)
        self.people = people


class DocumentIsOnHold(Exception):
    """The document must be kept: nobody removes it before the hold is lifted."""


def add_draft(*, author: Any, visitor: Visitor, name: str, file: BinaryIO, now: datetime) -> Document:
    """Keep an uploaded file as a document that only its author sees.

    Raises NotForYou for who may not share, and FileIsRefused or StorageIsFull of the files.
    """
    if not may_share(visitor):
        raise NotForYou
    with storing_file(name=name, file=file, now=now) as stored:
        return _draft_of(stored, author, visitor, now)


def _draft_of(stored: StoredFile, author: Any, visitor: Visitor, now: datetime) -> Document:
    document = Document.objects.create(
        title=PurePath(stored.name).stem.replace("_", " ")[:160] or stored.name,
        author=author,
        owner=author,
        practice_id=min(visitor.network_practice_ids),
        audience=Audience.OWN_PRACTICE,
        created_at=now,
    )
    version = DocumentVersion.objects.create(
        document=document, number=1, file=stored, created_by=author, created_at=now
    )
    settle_version(version=version, now=now)
    return document


@transaction.atomic
def share_documents(
    *,
    documents: Iterable[Document],
    titles: Mapping[int, str],
    practice: Practice,
    content: dict[str, Any],
    actor: Any,
    visitor: Visitor,
    now: datetime,
) -> int:
    """Share somebody's drafts with one choice for all of them, and return how many.

    `content` has audience, working_group, folder, themes and review_date; `titles` are by key.
    Raises NotForYou for an audience that is not the sharer's own.
    """
    _require_audience(visitor, practice, content)
    shared = 0
    for draft in documents:
        document = _locked(draft)
        if document.author_id != actor.pk or document.shared_at:
            raise NotForYou
        document.title = titles.get(document.pk) or document.title
        document.practice = practice
        document.review_date = content["review_date"]
        document.shared_at = now
        _place(document, content)
        index(instance=document)
        record(action=AuditAction.DOCUMENT_SHARED, actor=actor, practice=practice, detail=_said(document), now=now)
        shared += 1
    return shared


@transaction.atomic
def change_document(
    *, document: Document, content: dict[str, Any], actor: Any, visitor: Visitor, is_sure: bool, now: datetime
) -> None:
    """Change what a document says about itself and who sees it; everything holds from the next request on.

    Raises NotForYou, or AudienceGetsWider when more people will see it and nobody said to be sure.
    """
    document = _locked(document)
    if not may_change(visitor, document):
        raise NotForYou
    practice: Any = document.practice
    _require_audience(visitor, practice, content)
    before = _said(document)
    wider = _newly_reached(document, content, now)
    if wider and not is_sure:
        raise AudienceGetsWider(wider)
    for name in ("title", "description", "review_date", "delete_date", "owner", "is_on_hold"):
        if name in content:
            setattr(document, name, content[name])
    document.reminded_at = None
    _place(document, content)
    index(instance=document)
    if _said(document) != before:
        action = AuditAction.AUDIENCE_WIDENED if wider else AuditAction.AUDIENCE_CHANGED
        record(action=action, actor=actor, practice=practice, detail=f"{before} > {_said(document)}", now=now)


def _locked(document: Document) -> Document:
    """Return the row as it is now: the worker may have examined its file since it was read."""
    return Document.objects.select_for_update(of=("self",)).get(pk=document.pk)


def _place(document: Document, content: dict[str, Any]) -> None:
    is_group = content["audience"] == Audience.WORKING_GROUP
    document.audience = content["audience"]
    document.working_group = content["working_group"] if is_group else None
    document.folder = content["folder"]
    document.save()
    document.themes.set(content["themes"])


def _require_audience(visitor: Visitor, practice: Practice, content: dict[str, Any]) -> None:
    group = content["working_group"]
    allowed = may_see(
        visitor,
        audience=content["audience"],
        practice_id=practice.pk,
        working_group_id=group.pk if group else None,
    )
    if not allowed or practice.pk not in visitor.practice_ids:
        raise NotForYou


def _newly_reached(document: Document, content: dict[str, Any], now: datetime) -> int:
    """Return how many people would see it who do not now; EVERYONE for a document that becomes public."""
    today = timezone.localdate(now)
    if content["audience"] == Audience.PUBLIC:
        return 0 if document.audience == Audience.PUBLIC else EVERYONE
    if document.audience == Audience.PUBLIC:
        return 0
    group = content["working_group"]
    after = people_reached(
        audience=content["audience"],
        practice_id=document.practice_id,
        working_group_id=group.pk if group else None,
        today=today,
    )
    before = people_reached(
        audience=document.audience,
        practice_id=document.practice_id,
        working_group_id=document.working_group_id,
        today=today,
    )
    return after.exclude(pk__in=before.values("pk")).count()


def _said(document: Document) -> str:
    group = f" {document.working_group_id}" if document.audience == Audience.WORKING_GROUP else ""
    return f"{document.key} {document.audience}{group}"


@transaction.atomic
def settle_version(*, version: DocumentVersion, now: datetime) -> None:
    """Let a version be the one that others get, when it is clean and says nothing of a resident; else tell its maker.

    Doing it again changes nothing.
    """
    document = Document.objects.select_for_update().get(pk=version.document_id)
    file = version.file
    if version.may_be_seen:
        current = document.current
        if current is None or version.number > current.number:
            Document.objects.filter(pk=document.pk).update(current=version)
    elif file.state == FileState.REFUSED:
        notify(users=[version.created_by], kind="file_refused", source_pk=version.pk, now=now)
    elif version.needs_a_look:
        notify(users=[version.created_by], kind="file_needs_a_look", source_pk=version.pk, now=now)
    document.refresh_from_db()
    index(instance=document)


@transaction.atomic
def accept_traces(*, version: DocumentVersion, actor: Any, visitor: Visitor, now: datetime) -> None:
    """Say that what looked like a resident's data is none; written down. Raises NotForYou."""
    if not may_change(visitor, version.document):
        raise NotForYou
    version.traces_accepted_at = now
    version.save(update_fields=["traces_accepted_at"])
    detail = f"{', '.join(version.file.traces)} {version.document.key} {version.number}"
    record(
        action=AuditAction.PRIVACY_OVERRIDDEN, actor=actor, practice=version.document.practice, detail=detail, now=now
    )
    settle_version(version=version, now=now)


@transaction.atomic
def drop_draft(*, document: Document, actor: Any) -> None:
    """Throw away a draft of one's own; raises NotForYou for anything else."""
    if document.author_id != actor.pk or document.shared_at:
        raise NotForYou
    remove_document(document)


@transaction.atomic
def withdraw_document(*, document: Document, actor: Any, visitor: Visitor, now: datetime) -> None:
    """Remove a document with all its versions, for good; raises NotForYou or DocumentIsOnHold."""
    document = _locked(document)
    if not may_change(visitor, document):
        raise NotForYou
    if document.is_on_hold:
        raise DocumentIsOnHold
    record(
        action=AuditAction.DOCUMENT_WITHDRAWN,
        actor=actor,
        practice=document.practice,
        detail=_said(document),
        now=now,
    )
    remove_document(document)


def remove_document(document: Document) -> None:
    """Remove a document, its place in search and the bytes of every version."""
    files = {version.file for version in document.versions.select_related("file")}
    forget(instance=document)
    document.delete()
    for stored in files:
        remove_file(stored=stored)
