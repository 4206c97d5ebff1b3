"""A view from outside: somebody of another care provider looks, and the practice decides who reads it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from members.assessments.models import Assessment, ExternalRating, PeerReview
from members.assessments.policies import State, may_lead, may_rate
from members.assessments.services.agreeing import NotAtThisMoment, move
from members.assessments.services.entries import Entry, keep_entry
from members.assessments.services.journal import note
from members.exchange.services.asking import note_overridden
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Membership
from thuisbasis.network.policies import Visitor
from thuisbasis.network.refusals import NotForYou
from thuisbasis.notices.services import notify

# So long the practice may say what is factually wrong.
CHECK_DAYS = timedelta(days=14)


class SameProvider(Exception):
    """Whoever reviews must come from another care provider."""


def possible_reviewers(*, assessment: Assessment, today: date) -> Any:
    """Return people who work at practices of the network, none of them with this practice's care provider."""
    rows = Membership.objects.valid_on(today)
    own = rows.filter(practice__care_provider=assessment.practice.care_provider_id).values("user")
    network = rows.filter(practice__in_network=True).values("user")
    return User.objects.filter(pk__in=network, is_active=True).exclude(pk__in=own).order_by("first_name", "last_name")


@transaction.atomic
def ask_reviewer(*, assessment: Assessment, reviewer: User, actor: User, visitor: Visitor, now: datetime) -> PeerReview:
    """Ask somebody to look. Raises SameProvider, NotForYou or NotAtThisMoment."""
    possible = possible_reviewers(assessment=assessment, today=timezone.localdate(now))
    if not possible.filter(pk=reviewer.pk).exists():
        raise SameProvider
    assessment = move(assessment, State.REVIEW, actor=actor, visitor=visitor, now=now)
    review = PeerReview.objects.create(assessment=assessment, reviewer=reviewer, asked_by=actor, asked_at=now)
    notify(users=[reviewer], kind="review_asked", source_pk=review.pk, now=now)
    return review


@transaction.atomic
def rate(*, review: PeerReview, entry: Entry, visitor: Visitor, now: datetime) -> ExternalRating:
    """Keep what the reviewer finds of one item; it enters no score and no benchmark.

    Raises NotForYou, NotAtThisMoment, EntryIsStale, ItemIsUnknown or AnswerIsRefused.
    """
    if not may_rate(visitor, review):
        raise NotForYou
    if review.submitted_at is not None and review.remarked_at is None:
        raise NotAtThisMoment
    row, _before = keep_entry(
        model=ExternalRating, owner={"review": review}, assessment=review.assessment, entry=entry, by={}, now=now
    )
    return row


@transaction.atomic
def hand_in_review(
    *,
    review: PeerReview,
    summary: str,
    visit_date: date | None,
    actor: User,
    visitor: Visitor,
    now: datetime,
    overridden: Iterable[str] = (),
) -> None:
    """Give the review to the practice, which has fourteen days to say what is factually wrong.

    Handed in again after such remarks, it is closed. Raises NotForYou.
    """
    review = PeerReview.objects.select_for_update(of=("self",)).select_related("assessment").get(pk=review.pk)
    if not may_rate(visitor, review):
        raise NotForYou
    if review.remarked_at is not None:
        review.closed_at = now
    review.summary, review.visit_date, review.submitted_at = summary, visit_date, review.submitted_at or now
    review.check_until_date = review.check_until_date or timezone.localdate(now) + CHECK_DAYS
    review.save()
    note(assessment=review.assessment, actor=actor, what="reviewed", now=now)
    note_overridden(actor, overridden, review.get_absolute_url(), now)
    notify(users=[review.asked_by], kind="review_in", source_pk=review.pk, now=now)


@transaction.atomic
def remark_on(
    *,
    review: PeerReview,
    remark: str,
    actor: User,
    visitor: Visitor,
    now: datetime,
    overridden: Iterable[str] = (),
) -> None:
    """Say once what is factually wrong, so that the reviewer looks again; without a remark the review is closed.

    Raises NotForYou, or NotAtThisMoment before it is in, after a remark, or after fourteen days.
    """
    review = PeerReview.objects.select_for_update(of=("self",)).select_related("assessment").get(pk=review.pk)
    if not may_lead(visitor, review.assessment):
        raise NotForYou
    last = review.check_until_date
    if review.closed_at or review.remarked_at or last is None or timezone.localdate(now) > last:
        raise NotAtThisMoment
    if remark.strip():
        review.remark, review.remarked_at = remark, now
        notify(users=[review.reviewer], kind="review_remarked", source_pk=review.pk, now=now)
    else:
        review.closed_at = now
    review.save()
    note(assessment=review.assessment, actor=actor, what="review_checked", new=remark, now=now)
    note_overridden(actor, overridden, review.get_absolute_url(), now)


@transaction.atomic
def call_off(*, review: PeerReview, actor: User, visitor: Visitor, now: datetime) -> None:
    """End a review that is not in yet; nothing of it is kept. Raises NotForYou or NotAtThisMoment."""
    if not may_lead(visitor, review.assessment):
        raise NotForYou
    if review.submitted_at is not None:
        raise NotAtThisMoment
    assessment = review.assessment
    review.delete()
    move(assessment, State.CONSENSUS, actor=actor, visitor=visitor, now=now)


@transaction.atomic
def share_review(*, review: PeerReview, shares: bool, actor: User, visitor: Visitor, now: datetime) -> None:
    """Show a closed review to the network, or no longer: the practice owns it.

    Raises NotForYou, or NotAtThisMoment before it is closed.
    """
    if not may_lead(visitor, review.assessment):
        raise NotForYou
    if review.closed_at is None:
        raise NotAtThisMoment
    PeerReview.objects.filter(pk=review.pk).update(shared_at=now if shares else None)
    what = "review_shared" if shares else "review_kept"
    note(assessment=review.assessment, actor=actor, what=what, now=now)


@task()
def close_reviews() -> int:
    """Close the reviews on which nobody remarked within fourteen days, and return how many."""
    now = timezone.now()
    return PeerReview.objects.to_close(timezone.localdate(now)).update(closed_at=now)
