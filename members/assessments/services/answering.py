"""Beginning an assessment, and what each rater does in it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from members.assessments.models import Answer, Assessment, AssessmentRound, RaterResponse
from members.assessments.policies import State, may_answer, may_lead, may_see_assessment
from members.assessments.services.entries import Entry, keep_entry, said
from members.assessments.services.journal import note
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Membership, Practice
from thuisbasis.network.policies import Visitor, may_coordinate
from thuisbasis.network.refusals import NotForYou
from thuisbasis.notices.services import notify


class RoundIsClosed(Exception):
    """Nobody begins in a round that has not opened yet, or that is over."""


class AnswersAreClosed(Exception):
    """The team went on to the conversation: forms are as they are."""


class FormIsHandedIn(Exception):
    """The form is handed in; take it back before changing it."""


def locked(assessment: Assessment) -> Assessment:
    """Return the assessment as it is now, held until the transaction ends."""
    rows = Assessment.objects.select_for_update(of=("self",)).with_everything()
    return rows.get(pk=assessment.pk)


@transaction.atomic
def start_assessment(
    *,
    assessment_round: AssessmentRound,
    practice: Practice,
    profile: dict[str, Any],
    actor: User,
    visitor: Visitor,
    now: datetime,
) -> Assessment:
    """Begin, once per practice and round. Raises NotForYou for who does not coordinate, or RoundIsClosed."""
    if not may_coordinate(visitor, practice_id=practice.pk):
        raise NotForYou
    if not assessment_round.is_open(timezone.localdate(now)):
        raise RoundIsClosed
    assessment, is_new = Assessment.objects.get_or_create(
        round=assessment_round, practice=practice, defaults={"profile": profile, "started_by": actor, "started_at": now}
    )
    if is_new:
        note(assessment=assessment, actor=actor, what="started", now=now)
    return assessment


@transaction.atomic
def change_profile(
    *, assessment: Assessment, profile: dict[str, Any], actor: User, visitor: Visitor, now: datetime
) -> None:
    """Change what the practice says of itself; answers to items that are no longer asked stay, and do not count."""
    assessment = locked(assessment)
    if not may_lead(visitor, assessment):
        raise NotForYou
    if assessment.state not in (State.OPEN, State.CONSENSUS):
        raise AnswersAreClosed
    note(assessment=assessment, actor=actor, what="profile", old=str(assessment.profile), new=str(profile), now=now)
    assessment.profile = profile
    assessment.save(update_fields=["profile"])


@transaction.atomic
def ask_raters(*, assessment: Assessment, users: Iterable[User], actor: User, visitor: Visitor, now: datetime) -> int:
    """Ask colleagues of the practice to fill in the form, and return how many that are new; raises NotForYou."""
    assessment = locked(assessment)
    if not may_lead(visitor, assessment):
        raise NotForYou
    _require_open(assessment)
    today = timezone.localdate(now)
    here = Membership.objects.filter(practice=assessment.practice).valid_on(today).values("user")
    colleagues = User.objects.filter(pk__in=here, is_active=True)
    wanted = list(colleagues.filter(pk__in=[user.pk for user in users]))
    asked = []
    for user in wanted:
        response, is_new = _form_of(assessment, user, now)
        if is_new:
            note(assessment=assessment, actor=actor, what="asked", new=str(user.pk), now=now)
            if user != actor:
                notify(users=[user], kind="assessment_asked", source_pk=response.pk, now=now)
            asked.append(response)
    return len(asked)


def _form_of(assessment: Assessment, user: User, now: datetime) -> tuple[RaterResponse, bool]:
    return RaterResponse.objects.get_or_create(
        assessment=assessment, user=user, is_on_paper=False, defaults={"asked_at": now}
    )


@transaction.atomic
def join_assessment(
    *, assessment: Assessment, actor: User, visitor: Visitor, is_on_paper: bool, now: datetime
) -> RaterResponse:
    """Return one's own form, made when there is none yet; or a new one to copy a form on paper into.

    Raises NotForYou for who does not work there, or AnswersAreClosed.
    """
    assessment = locked(assessment)
    if not may_see_assessment(visitor, assessment):
        raise NotForYou
    _require_open(assessment)
    if is_on_paper:
        return RaterResponse.objects.create(assessment=assessment, user=actor, is_on_paper=True, asked_at=now)
    return _form_of(assessment, actor, now)[0]


@transaction.atomic
def choose_role(*, response: RaterResponse, role: str, visitor: Visitor) -> None:
    """Say as what somebody answers; raises NotForYou."""
    _require_own(response, visitor)
    response.role = role
    response.save(update_fields=["role"])


@transaction.atomic
def save_answer(*, response: RaterResponse, entry: Entry, actor: User, visitor: Visitor, now: datetime) -> Answer:
    """Keep one answer of a rater.

    Raises NotForYou, AnswersAreClosed, FormIsHandedIn, EntryIsStale, ItemIsUnknown or AnswerIsRefused.
    """
    _require_own(response, visitor)
    assessment = locked(response.assessment)
    _require_open(assessment)
    if RaterResponse.objects.filter(pk=response.pk).submitted().exists():
        raise FormIsHandedIn
    answer, before = keep_entry(
        model=Answer, owner={"response": response}, assessment=assessment, entry=entry, by={}, now=now
    )
    if before is not None:
        note(
            assessment=assessment,
            actor=actor,
            what="answer",
            item_code=entry.item_code,
            old=before,
            new=said(answer),
            is_blind=True,
            now=now,
        )
    return answer


@transaction.atomic
def submit_response(*, response: RaterResponse, actor: User, visitor: Visitor, now: datetime) -> None:
    """Hand in a form, with or without questions left open; raises NotForYou or AnswersAreClosed."""
    _require_own(response, visitor)
    assessment = locked(response.assessment)
    _require_open(assessment)
    if RaterResponse.objects.filter(pk=response.pk, submitted_at=None).update(submitted_at=now):
        note(assessment=assessment, actor=actor, what="submitted", is_blind=True, now=now)


@transaction.atomic
def take_back(*, response: RaterResponse, actor: User, visitor: Visitor, now: datetime) -> None:
    """Take a form back to change it, as long as everybody answers; raises NotForYou or AnswersAreClosed."""
    _require_own(response, visitor)
    assessment = locked(response.assessment)
    _require_open(assessment)
    if RaterResponse.objects.filter(pk=response.pk).submitted().update(submitted_at=None):
        note(assessment=assessment, actor=actor, what="taken_back", is_blind=True, now=now)


def _require_own(response: RaterResponse, visitor: Visitor) -> None:
    if not may_answer(visitor, response):
        raise NotForYou


def _require_open(assessment: Assessment) -> None:
    if assessment.state != State.OPEN:
        raise AnswersAreClosed
