"""What a team does about it, and that somebody remembers."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from members.assessments.models import ActionReminder, ActionState, Assessment, BuddyOffer, ImprovementAction, Report
from members.assessments.policies import FINISHED, HIGH, may_see_assessment
from members.assessments.questionnaires import Item
from members.assessments.scoring import item_score
from members.assessments.services.agreeing import NotAtThisMoment
from members.assessments.services.journal import note
from members.exchange.services.asking import note_overridden
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Membership
from thuisbasis.network.policies import Visitor, may_coordinate
from thuisbasis.network.refusals import NotForYou
from thuisbasis.notices.services import notify

# Days from the day on which it should be done.
REMINDED_AT = (-14, 0, 14)
TEXTS = ("title", "due_date", "plan", "do", "check_text", "act", "state")


class CheckIsMissing(Exception):
    """Nobody closes an action without saying whether it helped."""


class OwnerIsElsewhere(Exception):
    """An action is of somebody who works at the practice."""


@transaction.atomic
def add_action(
    *,
    assessment: Assessment,
    content: dict[str, Any],
    actor: User,
    visitor: Visitor,
    now: datetime,
    overridden: Iterable[str] = (),
) -> ImprovementAction:
    """Agree on an action. `content` has title, item_codes, owner, due_date and plan.

    `overridden` are the kinds of traces of a resident that the writer said are none.

    Raises NotForYou, NotAtThisMoment before the assessment was final, or OwnerIsElsewhere.
    """
    if not may_see_assessment(visitor, assessment):
        raise NotForYou
    if assessment.state not in FINISHED:
        raise NotAtThisMoment
    _require_colleague(assessment, content["owner"], now)
    documents = content.get("documents", ())
    fields = {name: value for name, value in content.items() if name != "documents"}
    action = ImprovementAction.objects.create(assessment=assessment, created_at=now, **fields)
    action.documents.set(documents)
    note(assessment=assessment, actor=actor, what="action", new=action.title, now=now)
    note_overridden(actor, overridden, action.get_absolute_url(), now)
    if action.owner != actor:
        notify(users=[action.owner], kind="action_yours", source_pk=action.pk, now=now)
    return action


@transaction.atomic
def change_action(
    *,
    action: ImprovementAction,
    content: dict[str, Any],
    actor: User,
    visitor: Visitor,
    now: datetime,
    overridden: Iterable[str] = (),
) -> None:
    """Go on with an action, close it or open it again; `overridden` as in `add_action`.

    Raises NotForYou, CheckIsMissing for closing without saying whether it helped, or OwnerIsElsewhere.
    """
    rows = ImprovementAction.objects.select_for_update(of=("self",)).select_related("assessment", "owner")
    action = rows.get(pk=action.pk)
    if not may_see_assessment(visitor, action.assessment):
        raise NotForYou
    if content["state"] == ActionState.DONE and not content["check_text"].strip():
        raise CheckIsMissing
    if content["owner"] != action.owner:
        _require_colleague(action.assessment, content["owner"], now)
    old = {name: str(getattr(action, name)) for name in TEXTS}
    for name, value in content.items():
        if name != "documents":
            setattr(action, name, value)
    action.documents.set(content.get("documents", ()))
    action.closed_at = (action.closed_at or now) if action.state == ActionState.DONE else None
    action.save()
    note_overridden(actor, overridden, action.get_absolute_url(), now)
    for name in TEXTS:
        if old[name] != str(getattr(action, name)):
            new = str(getattr(action, name))
            note(assessment=action.assessment, actor=actor, what=f"action_{name}", old=old[name], new=new, now=now)


def _require_colleague(assessment: Assessment, owner: User, now: datetime) -> None:
    here = Membership.objects.filter(practice=assessment.practice_id, user=owner)
    if not here.valid_on(timezone.localdate(now)).exists():
        raise OwnerIsElsewhere


def remind_about(*, today: date, now: datetime) -> int:
    """Remind owners fourteen days before, on and fourteen days after the day; each once. Return how many."""
    told = 0
    for offset in REMINDED_AT:
        rows = ImprovementAction.objects.unfinished().filter(due_date=today - timedelta(days=offset))
        for action in rows.select_related("owner"):
            with transaction.atomic():
                reminder: dict[str, Any] = {"action": action, "due_date": action.due_date, "offset": offset}
                row, is_new = ActionReminder.objects.get_or_create(**reminder)
                if is_new:
                    notify(users=[action.owner], kind="action_due", source_pk=row.pk, now=now)
                    told += 1
    return told


@task()
def remind_owners() -> int:
    """Remind owners of actions, and return how many."""
    now = timezone.now()
    return remind_about(today=timezone.localdate(now), now=now)


@transaction.atomic
def offer_to_help(*, report: Report, item_codes: Iterable[str], actor: User, visitor: Visitor, now: datetime) -> int:
    """Say of which items others may ask this practice, in place of what was said before; return how many.

    Only items that went well are kept. Raises NotForYou for who does not coordinate.
    """
    assessment = report.assessment
    if not may_coordinate(visitor, practice_id=assessment.practice_id):
        raise NotForYou
    well = {item.code for item in items_that_go_well(report)}
    mine = {"practice": assessment.practice, "instrument": assessment.version.instrument}
    BuddyOffer.objects.filter(**mine).delete()
    rows = [
        BuddyOffer(**mine, item_code=code, offered_by=actor, offered_at=now)
        for code in dict.fromkeys(item_codes)
        if code in well
    ]
    return len(BuddyOffer.objects.bulk_create(rows))


def items_that_go_well(report: Report) -> list[Item]:
    """Return the items of which a practice may offer to be asked."""
    answers = report.content["answers"]
    found = []
    for item in report.assessment.version.questionnaire.asked(report.content["profile"]):
        value = item_score(item, answers.get(item.code, {}).get("choice", ""))
        if value is not None and value >= HIGH:
            found.append(item)
    return found
