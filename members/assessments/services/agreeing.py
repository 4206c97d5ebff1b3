"""The conversation: from separate forms to one answer per item."""

from datetime import datetime

from django.db import transaction

from members.assessments.agreement import Spread, spread_of
from members.assessments.models import Answer, Assessment, Consensus, PeerReview, RaterResponse
from members.assessments.policies import (
    FINISHED,
    TRANSITIONS,
    State,
    is_enough_raters,
    may_lead,
    may_see_assessment,
)
from members.assessments.services.answering import locked
from members.assessments.services.entries import Entry, asked_item, keep_entry, said
from members.assessments.services.journal import note
from thuisbasis.accounts.models import User
from thuisbasis.network.policies import Visitor
from thuisbasis.network.refusals import NotForYou


class TooFewRaters(Exception):
    """Fewer raters than the instrument asks for: somebody must say to be sure; `submitted` is how many."""

    def __init__(self, submitted: int) -> None:
        super().__init__(submitted)
        self.submitted = submitted


class NotAtThisMoment(Exception):
    """The assessment is not where this can be done."""


class NoteIsMissing(Exception):
    """Raters lie far apart, or the choice outside what they said: a note must say why."""


def move(assessment: Assessment, state: State, *, actor: User, visitor: Visitor, now: datetime) -> Assessment:
    """Lead an assessment into its next state. Raises NotForYou for who does not lead, or NotAtThisMoment."""
    assessment = locked(assessment)
    if not may_lead(visitor, assessment):
        raise NotForYou
    if state not in TRANSITIONS[assessment.state]:
        raise NotAtThisMoment
    note(assessment=assessment, actor=actor, what="state", old=assessment.state, new=state, now=now)
    assessment.state = state
    assessment.save(update_fields=["state"])
    return assessment


@transaction.atomic
def begin_conversation(
    *, assessment: Assessment, is_sure: bool, actor: User, visitor: Visitor, now: datetime
) -> Assessment:
    """Close the forms and show each other what was answered.

    Raises TooFewRaters when nobody said to be sure, besides what `move` raises.
    """
    submitted = RaterResponse.objects.filter(assessment=assessment).submitted().count()
    if not is_sure and not is_enough_raters(submitted, assessment.version.min_raters):
        raise TooFewRaters(submitted)
    if assessment.state != State.OPEN:
        raise NotAtThisMoment
    return move(assessment, State.CONSENSUS, actor=actor, visitor=visitor, now=now)


@transaction.atomic
def answer_again(*, assessment: Assessment, actor: User, visitor: Visitor, now: datetime) -> Assessment:
    """Open the forms again, before anything was agreed; raises NotForYou or NotAtThisMoment."""
    if Consensus.objects.filter(assessment=assessment).exists():
        raise NotAtThisMoment
    return move(assessment, State.OPEN, actor=actor, visitor=visitor, now=now)


@transaction.atomic
def reopen(*, assessment: Assessment, reason: str, actor: User, visitor: Visitor, now: datetime) -> Assessment:
    """Change what is final, and say why; the report of before stays. Raises NotForYou or NotAtThisMoment."""
    if assessment.state not in FINISHED:
        raise NotAtThisMoment
    assessment = move(assessment, State.CONSENSUS, actor=actor, visitor=visitor, now=now)
    assessment.reopened_reason = reason
    assessment.save(update_fields=["reopened_reason"])
    return assessment


@transaction.atomic
def agree_again(*, assessment: Assessment, actor: User, visitor: Visitor, now: datetime) -> Assessment:
    """Go back from the view from outside to the conversation, when that view is in or called off."""
    if assessment.state != State.REVIEW or PeerReview.objects.filter(assessment=assessment, closed_at=None).exists():
        raise NotAtThisMoment
    return move(assessment, State.CONSENSUS, actor=actor, visitor=visitor, now=now)


def spreads_of(*, assessment: Assessment) -> dict[str, Spread]:
    """Return for each item that is asked what the raters said who handed in (one query)."""
    rows = Answer.objects.filter(response__assessment=assessment, response__submitted_at__isnull=False)
    raters = RaterResponse.objects.filter(assessment=assessment).submitted().count()
    chosen: dict[str, list[str]] = {}
    for code, choice in rows.values_list("item_code", "choice"):
        chosen.setdefault(code, []).append(choice)
    found = {}
    for item in assessment.version.questionnaire.asked(assessment.profile):
        choices = chosen.get(item.code, [])
        found[item.code] = spread_of(item, choices + [""] * (raters - len(choices)))
    return found


@transaction.atomic
def agree(*, assessment: Assessment, entry: Entry, actor: User, visitor: Visitor, now: datetime) -> Consensus:
    """Keep what the team agrees on for one item.

    Raises NotForYou for who does not work there, NotAtThisMoment, NoteIsMissing, EntryIsStale,
    ItemIsUnknown or AnswerIsRefused.
    """
    assessment = locked(assessment)
    if not may_see_assessment(visitor, assessment):
        raise NotForYou
    if assessment.state != State.CONSENSUS:
        raise NotAtThisMoment
    item = asked_item(assessment=assessment, code=entry.item_code)
    spread = spreads_of(assessment=assessment)[item.code]
    if not entry.note.strip() and spread.needs_note(item, entry.choice):
        raise NoteIsMissing
    row, before = keep_entry(
        model=Consensus,
        owner={"assessment": assessment},
        assessment=assessment,
        entry=entry,
        by={"saved_by": actor},
        now=now,
    )
    if before is not None:
        note(
            assessment=assessment,
            actor=actor,
            what="consensus",
            item_code=item.code,
            old=before,
            new=said(row),
            now=now,
        )
    return row
