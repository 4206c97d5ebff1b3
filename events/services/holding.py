"""What becomes of a seat: taken, given back, or given to a colleague; under the lock of `services.seats`."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from events.models import Registration
from events.policies import Ending, Status, may_still_cancel
from events.services.seats import lock_occurrence, pass_on
from events.services.telling import tell
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Membership


class OfferIsOver(Exception):
    """The seat was kept long enough, and went to the next in the queue."""


class TooLateToCancel(Exception):
    """Who does not come has to call the organiser now."""


class NoSeatLeft(Exception):
    """Every seat is taken or offered."""


class NotAColleague(Exception):
    """A seat goes only to somebody who works at the same practice."""


class AlreadyRegistered(Exception):
    """The colleague has a seat of his or her own."""


@transaction.atomic
def accept_offer(*, registration: Registration, now: datetime) -> Registration:
    """Take the seat that was offered; taking it twice is the same as once. Raises OfferIsOver."""
    lock_occurrence(registration.occurrence_id)
    current = Registration.objects.select_related("rest_of").get(pk=registration.pk)
    if current.status == Status.CONFIRMED or current.ending == Ending.JOINED:
        return current.rest_of or current
    if current.status != Status.OFFERED or current.offered_until is None or current.offered_until <= now:
        raise OfferIsOver
    if current.rest_of is not None:
        return _join(current, now)
    current.status, current.offered_until, current.confirmed_at, current.waits_for = Status.CONFIRMED, None, now, ""
    current.save(update_fields=["status", "offered_until", "confirmed_at", "waits_for"])
    tell(registration=current, what="confirmed")
    return current


@transaction.atomic
def give_seat(*, registration: Registration, now: datetime) -> Registration:
    """Give a free seat to somebody in the queue at once, as an organiser does at the door. Raises NoSeatLeft."""
    date = lock_occurrence(registration.occurrence_id)
    current = Registration.objects.select_related("rest_of").get(pk=registration.pk)
    tally = Registration.objects.filter(occurrence=date).tally(None)
    is_new = current.status == Status.WAITING
    if not current.is_active or (is_new and date.capacity is not None and date.capacity - tally.held < current.seats):
        raise NoSeatLeft
    if is_new:
        current.status, current.offered_until = Status.OFFERED, now + timedelta(minutes=1)
        current.save(update_fields=["status", "offered_until"])
    return accept_offer(registration=current, now=now) if current.status == Status.OFFERED else current


def _join(rest: Registration, now: datetime) -> Registration:
    main: Any = rest.rest_of
    main.seats += rest.seats
    main.save(update_fields=["seats"])
    _end([rest], Ending.JOINED, now)
    tell(registration=main, what="confirmed")
    return main


@transaction.atomic
def end_registration(
    *, registration: Registration, ending: str = Ending.CANCELLED, now: datetime, is_by_organiser: bool = False
) -> Registration:
    """Give a seat, an offer or a place in the queue back, and offer what is free to the next.

    Raises TooLateToCancel for a seat after the deadline, unless the organiser does it. What ended
    already stays as it is.
    """
    date = lock_occurrence(registration.occurrence_id)
    current = Registration.objects.get(pk=registration.pk)
    if not current.is_active:
        return current
    has_seat = current.status == Status.CONFIRMED
    if has_seat and not is_by_organiser and not may_still_cancel(date, now):
        raise TooLateToCancel
    rest = list(Registration.objects.filter(rest_of=current).active())
    _end([current, *rest], ending, now)
    tell(registration=current, what="ended")
    pass_on(date=date, now=now)
    return current


def _end(rows: Iterable[Registration], ending: str, now: datetime) -> None:
    for row in rows:
        row.sequence += row.status == Status.CONFIRMED
        row.status, row.ending, row.ended_at, row.offered_until = Status.ENDED, ending, now, None
        row.save(update_fields=["sequence", "status", "ending", "ended_at", "offered_until"])


@transaction.atomic
def transfer_registration(*, registration: Registration, colleague: User, now: datetime) -> Registration:
    """Give a seat to a colleague of the same practice; the number of seats stays what it is.

    The old registration ends and its links with it. A colleague who waited waits no longer.
    Raises NotAColleague, AlreadyRegistered, or OfferIsOver when there is no seat to give any more.
    """
    date = lock_occurrence(registration.occurrence_id)
    current = Registration.objects.get(pk=registration.pk)
    if current.status != Status.CONFIRMED or now >= date.starts_at:
        raise OfferIsOver
    works_there = Membership.objects.valid_on(timezone.localdate(now)).filter(
        user=colleague, practice=current.practice_id, user__is_active=True
    )
    if current.practice_id is None or colleague.pk == current.user_id or not works_there.exists():
        raise NotAColleague
    theirs = Registration.objects.filter(occurrence=date, user=colleague, rest_of=None).active().first()
    if theirs is not None and theirs.status == Status.CONFIRMED:
        raise AlreadyRegistered
    rest = list(Registration.objects.filter(rest_of=current).active())
    if theirs is not None:
        rest += [theirs, *Registration.objects.filter(rest_of=theirs).active()]
    _end([current, *rest], Ending.TRANSFERRED, now)
    new = Registration.objects.create(
        occurrence=date,
        user=colleague,
        practice_id=current.practice_id,
        status=Status.CONFIRMED,
        seats=current.seats,
        place=current.place,
        registered_at=now,
        confirmed_at=now,
    )
    tell(registration=current, what="ended")
    tell(registration=new, what="confirmed")
    # Whoever waited may have had an offer, which is free now.
    pass_on(date=date, now=now)
    return new
