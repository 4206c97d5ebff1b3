"""Other dates, places and numbers of seats, with what they mean for those who come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from events.models import EventPage, Occurrence, Registration, Reminder
from events.policies import Ending, Status, at_local, may_organise, offer_until, reminder_at
from events.querysets import HOLDS
from events.services.seats import lock_occurrence, pass_on
from events.services.telling import tell
from thuisbasis.network.policies import Visitor
from thuisbasis.network.refusals import NotForYou

IN_CALENDARS = ("starts_at", "ends_at", "place")
CHANGEABLE = (*IN_CALENDARS, "capacity", "practice_limit", "closes_at", "cancel_until", "join_url")
MOST_DATES = 60


@dataclass(frozen=True)
class CapacityBelowConfirmed(Exception):
    """More seats are given away than there would be; nobody is dropped."""

    held: int


class MomentDoesNotExist(Exception):
    """The clock skips this moment, or shows it twice, when summer time begins or ends."""


@dataclass(frozen=True, kw_only=True)
class Consequences:
    """What a change would mean: mails, registrations that stay, and people who could get an offer."""

    mails: int = 0
    kept: int = 0
    could_get_offer: int = 0
    is_moved: bool = False
    is_cancelled: bool = False

    @property
    def are_none(self) -> bool:
        """Say whether nobody notices."""
        return not (self.mails or self.could_get_offer)


def add_dates(
    *, event: EventPage, visitor: Visitor, content: dict[str, Any], every: str, times: int, now: datetime
) -> list[Occurrence]:
    """Add one date, or a series: `every` is "week", "fortnight" or "month", `times` how many dates there are.

    Each date has the same time on our own clock. Raises NotForYou, and MomentDoesNotExist when the
    clock skips or doubles one of them.
    """
    if not may_organise(visitor, event):
        raise NotForYou
    step = {"week": relativedelta(weeks=1), "fortnight": relativedelta(weeks=2), "month": relativedelta(months=1)}
    moments = [
        (_later(content["starts_at"], step[every] * number), _later(content["ends_at"], step[every] * number))
        if number
        else (content["starts_at"], content["ends_at"])
        for number in range(min(times, MOST_DATES))
    ]
    values = {name: content[name] for name in CHANGEABLE if name in content and name not in ("starts_at", "ends_at")}
    if times > 1:
        # These are moments of one date only.
        values |= {"closes_at": None, "cancel_until": None}
    with transaction.atomic():
        return [
            Occurrence.objects.create(event=event, starts_at=starts, ends_at=ends, changed_at=now, **values)
            for starts, ends in moments
        ]


def _later(moment: datetime, step: Any) -> datetime:
    """Return the same time on the clock, later; raises MomentDoesNotExist where there is none, or two."""
    local = timezone.localtime(moment).replace(tzinfo=None) + step
    # On a moment that is skipped or doubled, the two ways to read the clock differ.
    if timezone.make_aware(local).utcoffset() != timezone.make_aware(local.replace(fold=1)).utcoffset():
        raise MomentDoesNotExist(str(local))
    return at_local(local.date(), local.time())


def consequences_of(*, occurrence: Occurrence, content: dict[str, Any]) -> Consequences:
    """Return what changing a date would mean; raises CapacityBelowConfirmed."""
    rows = Registration.objects.filter(occurrence=occurrence).active()
    held = _held(occurrence)
    capacity = content.get("capacity", occurrence.capacity)
    if capacity is not None and capacity < held:
        raise CapacityBelowConfirmed(held)
    is_moved = _is_moved(occurrence, content)
    people = rows.filter(rest_of=None).count()
    waiting = rows.filter(status=Status.WAITING).count()
    is_wider = _is_wider(occurrence, content)
    free = waiting if capacity is None else min(waiting, capacity - held)
    return Consequences(
        mails=people if is_moved else 0,
        kept=people,
        could_get_offer=free if is_wider else 0,
        is_moved=is_moved,
    )


def _held(occurrence: Occurrence) -> int:
    rows = Registration.objects.filter(occurrence=occurrence, status__in=HOLDS)
    return rows.aggregate(total=Sum("seats"))["total"] or 0


def _is_moved(occurrence: Occurrence, content: dict[str, Any]) -> bool:
    return any(name in content and content[name] != getattr(occurrence, name) for name in IN_CALENDARS)


def _is_wider(occurrence: Occurrence, content: dict[str, Any]) -> bool:
    """Say whether there would be more seats, or a wider limit."""

    def grows(name: str) -> bool:
        before = getattr(occurrence, name)
        after = content.get(name, before)
        return before is not None and (after is None or after > before)

    return grows("capacity") or grows("practice_limit")


@transaction.atomic
def change_occurrence(
    *, occurrence: Occurrence, content: dict[str, Any], visitor: Visitor, now: datetime
) -> Consequences:
    """Change a date. Registrations stay; whoever it concerns gets a mail, and calendars follow.

    `content` has some of `CHANGEABLE`. Raises NotForYou, and CapacityBelowConfirmed with the number
    of seats that are given away.
    """
    date = lock_occurrence(occurrence.pk)
    if not may_organise(visitor, date.event):
        raise NotForYou
    return apply_change(date=date, content=content, now=now)


@transaction.atomic
def apply_change(*, date: Occurrence, content: dict[str, Any], now: datetime) -> Consequences:
    """Change a locked date, whoever asked for it; raises CapacityBelowConfirmed."""
    found = consequences_of(occurrence=date, content=content)
    for name in CHANGEABLE:
        if name in content:
            setattr(date, name, content[name])
    if found.is_moved:
        date.sequence += 1
    date.changed_at = now
    date.save()
    if found.is_moved:
        _follow_move(date, now)
    pass_on(date=date, now=now)
    return found


def _follow_move(date: Occurrence, now: datetime) -> None:
    """Let calendars, reminders and offers follow the new moment, and tell everybody."""
    rows = Registration.objects.filter(occurrence=date).active()
    rows.confirmed().update(sequence=F("sequence") + 1)
    to_come = [kind for kind in date.event.reminder_kinds if reminder_at(kind, date.starts_at) > now]
    Reminder.objects.filter(registration__occurrence=date, kind__in=to_come).delete()
    for offered in rows.filter(status=Status.OFFERED):
        until = offer_until(now=now, starts_at=date.starts_at)
        if until is not None and offered.offered_until is not None and until < offered.offered_until:
            offered.offered_until = until
            offered.save(update_fields=["offered_until"])
    _tell_all(rows.filter(rest_of=None), "moved")


@transaction.atomic
def cancel_occurrence(*, occurrence: Occurrence, reason: str, visitor: Visitor, now: datetime) -> int:
    """Say that a date is not held, tell everybody why, and return how many; once is enough. Raises NotForYou."""
    date = lock_occurrence(occurrence.pk)
    if not may_organise(visitor, date.event):
        raise NotForYou
    return apply_cancellation(date=date, reason=reason, now=now)


@transaction.atomic
def apply_cancellation(*, date: Occurrence, reason: str, now: datetime) -> int:
    """Cancel a locked date, whoever asked for it, and return how many people are told."""
    if date.cancelled_at:
        return 0
    date.cancelled_at, date.cancellation_reason, date.changed_at = now, reason, now
    date.sequence += 1
    date.save()
    rows = Registration.objects.filter(occurrence=date).active()
    rows.confirmed().update(sequence=F("sequence") + 1)
    people = list(rows.filter(rest_of=None))
    rows.update(status=Status.ENDED, ending=Ending.EVENT_CANCELLED, ended_at=now, offered_until=None)
    _tell_all(people, "ended")
    return len(people)


def _tell_all(rows: Iterable[Registration], what: str) -> None:
    for registration in rows:
        tell(registration=registration, what=what)
