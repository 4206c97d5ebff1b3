"""Saying something about a document, and asking somebody to look at it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from members.exchange.services.asking import note_overridden
from members.library.models import Comment, Document, ReviewRequest
from members.library.policies import may_change, may_share
from thuisbasis.network.policies import Visitor
from thuisbasis.network.refusals import NotForYou
from thuisbasis.notices.services import notify


def _require_visible(document: Document, visitor: Visitor) -> None:
    if not may_share(visitor) or not Document.objects.visible_to(visitor).filter(pk=document.pk).exists():
        raise NotForYou


@transaction.atomic
def place_comment(
    *, document: Document, author: Any, visitor: Visitor, text: str, overridden: Iterable[str], now: datetime
) -> Comment:
    """Say something under a document, and tell its owner and whoever spoke before. Raises NotForYou."""
    _require_visible(document, visitor)
    comment = Comment.objects.create(document=document, author=author, text=text, created_at=now)
    others = {other.author for other in document.comments.filter(hidden_at=None).select_related("author")}
    involved = ({document.owner} if document.owner else set()) | others
    notify(users=sorted(involved - {author}, key=lambda user: user.pk), kind="comment", source_pk=comment.pk, now=now)
    note_overridden(author, overridden, comment.get_absolute_url(), now)
    return comment


@transaction.atomic
def ask_review(
    *, document: Document, reviewer: Any, due_date: date, actor: Any, visitor: Visitor, now: datetime
) -> ReviewRequest:
    """Ask somebody to look at the present version before a day; asking twice is the same as once.

    Whether the other may see it is asked when the request is sent and shown. Raises NotForYou.
    """
    _require_visible(document, visitor)
    if not may_change(visitor, document) or document.current is None:
        raise NotForYou
    request, _is_new = ReviewRequest.objects.get_or_create(
        document=document,
        version_number=document.current.number,
        reviewer=reviewer,
        defaults={"asked_by": actor, "due_date": due_date, "created_at": now},
    )
    notify(users=[reviewer], kind="review", source_pk=request.pk, now=now)
    return request


@transaction.atomic
def answer_review(
    *, request: ReviewRequest, actor: Any, visitor: Visitor, answer: str, remark: str, now: datetime
) -> None:
    """Answer a request, and tell whoever asked. Raises NotForYou for anyone who was not asked."""
    _require_visible(request.document, visitor)
    if request.reviewer_id != actor.pk or request.answered_at:
        raise NotForYou
    request.answer, request.remark, request.answered_at = answer, remark, now
    request.save(update_fields=["answer", "remark", "answered_at"])
    notify(users=[request.asked_by], kind="review_answer", source_pk=request.pk, now=now)
