"""Looking after what was shared: owners, reviews, and an end when it has one."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from members.library.models import Document
from members.library.policies import may_change
from members.library.services.sharing import remove_document
from thuisbasis.accounts.models import AuditAction
from thuisbasis.accounts.services import record
from thuisbasis.network.models import Practice
from thuisbasis.network.policies import Visitor
from thuisbasis.network.refusals import NotForYou
from thuisbasis.notices.models import Notice
from thuisbasis.notices.services import notify


@transaction.atomic
def release_documents(*, user: Any, practice: Practice) -> int:
    """Put what somebody looked after on the coordinators' list, remove the drafts, and return how many it were."""
    for draft in Document.objects.drafts_of(user).filter(practice=practice):
        remove_document(draft)
    return Document.objects.filter(owner=user, practice=practice).update(owner=None)


@transaction.atomic
def adopt_documents(*, documents: Any, owner: Any, visitor: Visitor) -> int:
    """Give documents a new owner of their practice, and return how many; raises NotForYou."""
    adopted = 0
    for document in documents:
        if not may_change(visitor, document):
            raise NotForYou
        document.owner, document.reminded_at = owner, None
        document.save(update_fields=["owner", "reminded_at"])
        adopted += 1
    return adopted


@task()
def remind_of_reviews() -> int:
    """Tell owners a month before their document must be looked at, and return how many."""
    return remind_at(now=timezone.now())


@transaction.atomic
def remind_at(*, now: datetime) -> int:
    """Tell each owner once for each date."""
    due = list(Document.objects.to_remind(timezone.localdate(now)).select_related("owner"))
    for document in due:
        # A reminder of an earlier year is no reason to be silent now.
        Notice.objects.filter(kind="review_due", source_pk=document.pk).delete()
        notify(users=[document.owner], kind="review_due", source_pk=document.pk, now=now)
        Document.objects.filter(pk=document.pk).update(reminded_at=now)
    return len(due)


@task()
def purge_documents() -> int:
    """Remove what has come to its end, and return how many."""
    return purge_at(now=timezone.now())


@transaction.atomic
def purge_at(*, now: datetime) -> int:
    """Remove what has come to its end; never what must be kept."""
    over = list(Document.objects.past_their_term(timezone.localdate(now)).select_related("practice"))
    for document in over:
        detail = f"{document.key} term"
        record(action=AuditAction.DOCUMENT_WITHDRAWN, practice=document.practice, detail=detail, now=now)
        remove_document(document)
    return len(over)
