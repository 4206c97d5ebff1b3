"""Reporting and hiding: whoever sees a resident's data takes it away, and asks questions later."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from members.exchange.models import Report
from members.exchange.policies import may_hide
from thuisbasis.accounts.models import AuditAction, User
from thuisbasis.accounts.services import record
from thuisbasis.network.models import Membership
from thuisbasis.network.policies import Visitor
from thuisbasis.notices.services import notify
from thuisbasis.search.services import index


class NotYoursToHide(Exception):
    """Only coordinators, the steering group, editors and the author hide or show a text."""


@transaction.atomic
def report_post(*, post: Any, reporter: User, reason: str, now: datetime) -> None:
    """Tell the coordinators of the author's practice, and the author, that a text says too much; once per reporter."""
    content_type = ContentType.objects.get_for_model(post)
    values = {"reason": reason, "created_at": now}
    report, is_new = Report.objects.get_or_create(
        content_type=content_type, source_pk=post.pk, reporter=reporter, defaults=values
    )
    if not is_new:
        return
    today = timezone.localdate(now)
    practices = Membership.objects.filter(user=post.author_id).valid_on(today).values("practice")
    rows = Membership.objects.filter(practice__in=practices).valid_on(today).coordinating()
    notify(
        users=User.objects.filter(pk__in=rows.values("user")).exclude(pk=reporter.pk).order_by("pk"),
        kind="report",
        source_pk=report.pk,
        now=now,
    )
    detail = f"{content_type.model} {post.pk}"
    record(action=AuditAction.POST_REPORTED, actor=reporter, subject=post.author, detail=detail, now=now)


@transaction.atomic
def hide_post(*, post: Any, actor: User, visitor: Visitor, now: datetime) -> None:
    """Take a text away from everyone, at once; raises NotYoursToHide."""
    _change(post, actor, visitor, hidden_at=now, action=AuditAction.POST_HIDDEN, now=now)


@transaction.atomic
def show_post(*, post: Any, actor: User, visitor: Visitor, now: datetime) -> None:
    """Put a text back; raises NotYoursToHide."""
    _change(post, actor, visitor, hidden_at=None, action=AuditAction.POST_SHOWN, now=now)


def _change(
    post: Any, actor: User, visitor: Visitor, *, hidden_at: datetime | None, action: AuditAction, now: datetime
) -> None:
    if not may_hide(visitor, post):
        raise NotYoursToHide
    post.hidden_at = hidden_at
    post.save(update_fields=["hidden_at"])
    content_type = ContentType.objects.get_for_model(post)
    Report.objects.filter(content_type=content_type, source_pk=post.pk, handled_at=None).update(handled_at=now)
    detail = f"{content_type.model} {post.pk}"
    record(action=action, actor=actor, subject=post.author, detail=detail, now=now)
    # An answer is found with its question; other posts by themselves, or not at all.
    index(instance=getattr(post, "question", post))
