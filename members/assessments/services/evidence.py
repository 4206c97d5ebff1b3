"""What a team points to, so that a figure can be looked at later."""

from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction

from members.assessments.models import Assessment, Evidence
from members.assessments.policies import FINISHED, may_see_assessment
from members.assessments.services.agreeing import NotAtThisMoment
from members.assessments.services.entries import asked_item
from members.assessments.services.journal import note
from members.library.models import Document
from thuisbasis.accounts.models import User
from thuisbasis.files.services import remove_file, storing_file
from thuisbasis.network.policies import Visitor
from thuisbasis.network.refusals import NotForYou

# In bytes: a contract, a plan, a photograph of a board.
LARGEST_EVIDENCE = 20 * 1024 * 1024


class EvidenceIsTooLarge(Exception):
    """A file of more than twenty megabytes."""


@transaction.atomic
def point_to_document(
    *, assessment: Assessment, item_code: str, document: Document, actor: User, visitor: Visitor, now: datetime
) -> Evidence:
    """Point to a document of the exchange; whoever may not see it there does not see it here.

    Raises NotForYou, NotAtThisMoment or ItemIsUnknown.
    """
    _require(assessment, item_code, visitor)
    if not Document.objects.open_to(visitor).filter(pk=document.pk).exists():
        raise NotForYou
    row = Evidence.objects.create(
        assessment=assessment,
        item_code=item_code,
        title=document.title,
        document=document,
        added_by=actor,
        added_at=now,
    )
    note(assessment=assessment, actor=actor, what="evidence", item_code=item_code, new=row.title, now=now)
    return row


def add_evidence_file(
    *, assessment: Assessment, item_code: str, title: str, file: BinaryIO, actor: User, visitor: Visitor, now: datetime
) -> Evidence:
    """Keep a file for the practice alone.

    Raises NotForYou, NotAtThisMoment, ItemIsUnknown, EvidenceIsTooLarge, FileIsRefused or StorageIsFull.
    """
    _require(assessment, item_code, visitor)
    if getattr(file, "size", 0) > LARGEST_EVIDENCE:
        raise EvidenceIsTooLarge
    name = getattr(file, "name", "") or "bestand"
    with storing_file(name=name, file=file, now=now) as stored:
        row = Evidence.objects.create(
            assessment=assessment, item_code=item_code, title=title or name, file=stored, added_by=actor, added_at=now
        )
        note(assessment=assessment, actor=actor, what="evidence", item_code=item_code, new=row.title, now=now)
        return row


@transaction.atomic
def remove_evidence(*, evidence: Evidence, actor: User, visitor: Visitor, now: datetime) -> None:
    """Take it away again; raises NotForYou or NotAtThisMoment."""
    assessment = evidence.assessment
    _require(assessment, evidence.item_code, visitor)
    note(assessment=assessment, actor=actor, what="evidence", item_code=evidence.item_code, old=evidence.title, now=now)
    stored: Any = evidence.file
    evidence.delete()
    if stored is not None:
        remove_file(stored=stored)


def _require(assessment: Assessment, item_code: str, visitor: Visitor) -> None:
    if not may_see_assessment(visitor, assessment):
        raise NotForYou
    if assessment.state in FINISHED:
        raise NotAtThisMoment
    asked_item(assessment=assessment, code=item_code)
