"""Every change of seats, under one lock, so that no seat is given twice.

The protocol (decision 0024): open a transaction, `lock_occurrence`, count, write. Nothing reads seats to
decide about them without that lock, and mail is written by the worker afterwards, so that the lock is
held for a few milliseconds. PostgreSQL locks the row; SQLite lets one write transaction in at a time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from events.models import EventQuestion, GivenAnswer, Occurrence, QuestionKind, Registration
from events.policies import Status, WaitsFor, limit_holds, may_register, may_still_register, offer_until
from events.querysets import Tally, is_same_person
from events.services.telling import tell
from thuisbasis.accounts.models import User
from thuisbasis.network.policies import Visitor
from thuisbasis.network.refusals import NotForYou

NEEDS_KEPT_DAYS = 30


class RegistrationIsClosed(Exception):
    """It is too late to register, or the event is not held."""


@dataclass(frozen=True, kw_only=True)
class Registrant:
    """Who registers: somebody with an account, or a name and an address."""

    visitor: Visitor
    user: User | None = None
    name: str = ""
    email: str = ""
    practice_id: int | None = None
    language: str = "nl"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How many seats somebody wants, whether fewer will do, and what the organiser asked (by question's key)."""

    seats: int = 1
    accepts_fewer: bool = False
    answers: Mapping[int, str] = field(default_factory=dict)


def lock_occurrence(pk: int) -> Occurrence:
    """Return the date as it is now, and let nobody else change its seats until this transaction ends."""
    return Occurrence.objects.select_for_update().get(pk=pk)


@transaction.atomic
def register(*, occurrence: Occurrence, registrant: Registrant, wish: Wish, now: datetime) -> Registration:
    """Give somebody a seat, or a place in the queue; whoever is there already gets the same registration.

    Nobody passes the queue: while somebody waits whom the free seats would suit, a newcomer waits too.
    The date comes with its event as it is now. Raises NotForYou for whoever may not come, and RegistrationIsClosed.
    """
    # Who may come is no matter of seats: asked before the lock, so that others wait no longer than they must.
    if not may_register(registrant.visitor, occurrence.event):
        raise NotForYou
    date = lock_occurrence(occurrence.pk)
    date.event = occurrence.event
    user = registrant.user
    person = is_same_person(user.pk if user else None, user.email.lower() if user else registrant.email)
    tally = Registration.objects.filter(occurrence=date).tally(registrant.practice_id, person)
    if tally.known is not None:
        return _known(tally.known, registrant)
    if not may_still_register(date, now):
        raise RegistrationIsClosed
    seats = max(1, min(wish.seats, date.event.largest_group))
    room = _room(date, tally, registrant.practice_id, now)
    given = seats if room is None or room >= seats else (room if wish.accepts_fewer else 0)
    if given and tally.waiting and _somebody_fits(date, now):
        given = 0
    new = _new_registration(date, registrant, wish, tally.last_place + 1, now)
    new.seats = given or seats
    if given:
        new.status, new.confirmed_at = Status.CONFIRMED, now
    else:
        new.waits_for = _waits_for(date, tally, now)
    new.save()
    if 0 < given < seats:
        _put_rest_in_queue(new, seats - given, _waits_for(date, tally, now))
    _keep_answers(new, date, wish.answers)
    tell(registration=new, what="confirmed" if given else "waiting")
    return new


def _known(key: int, registrant: Registrant) -> Registration:
    """Return what somebody has already; what was registered without logging in is the member's from now on."""
    known = Registration.objects.get(pk=key)
    if known.user_id is None and registrant.user is not None:
        rows = Registration.objects.filter(pk=key) | Registration.objects.filter(rest_of=key)
        rows.update(user=registrant.user, practice_id=registrant.practice_id, name="", email="")
        known.refresh_from_db()
    return known


def _new_registration(date: Occurrence, registrant: Registrant, wish: Wish, place: int, now: datetime) -> Registration:
    return Registration(
        occurrence=date,
        user=registrant.user,
        name="" if registrant.user else registrant.name,
        email="" if registrant.user else registrant.email,
        practice_id=registrant.practice_id,
        language=registrant.language,
        status=Status.WAITING,
        accepts_fewer=wish.accepts_fewer,
        place=place,
        registered_at=now,
    )


def _room(date: Occurrence, tally: Tally, practice_id: int | None, now: datetime) -> int | None:
    """Return how many seats this practice could get now; None for any number."""
    bounds = []
    if date.capacity is not None:
        bounds.append(date.capacity - tally.held)
    if practice_id and limit_holds(now=now, starts_at=date.starts_at, limit=date.practice_limit):
        bounds.append((date.practice_limit or 0) - tally.held_by_practice)
    return max(0, min(bounds)) if bounds else None


def _waits_for(date: Occurrence, tally: Tally, now: datetime) -> str:
    is_full = date.capacity is not None and tally.held >= date.capacity
    limited = limit_holds(now=now, starts_at=date.starts_at, limit=date.practice_limit)
    at_limit = limited and tally.held_by_practice >= (date.practice_limit or 0)
    return WaitsFor.PRACTICE if at_limit and not is_full else WaitsFor.SEAT


def _put_rest_in_queue(main: Registration, seats: int, waits_for: str) -> Registration:
    """Let the seats that a group did not get wait in the group's own place."""
    return Registration.objects.create(
        occurrence=main.occurrence,
        user=main.user,
        name=main.name,
        email=main.email,
        practice_id=main.practice_id,
        language=main.language,
        status=Status.WAITING,
        waits_for=waits_for,
        seats=seats,
        accepts_fewer=True,
        rest_of=main,
        place=main.place,
        registered_at=main.registered_at,
    )


def _keep_answers(registration: Registration, date: Occurrence, answers: Mapping[int, str]) -> None:
    """Write down what was answered, each with the day on which it is forgotten."""
    given = {key: text.strip() for key, text in answers.items() if text.strip()}
    questions = [question for question in date.event.questions.all() if question.pk in given] if given else []
    last_day = timezone.localdate(date.ends_at)
    GivenAnswer.objects.bulk_create(
        GivenAnswer(
            registration=registration,
            question=question,
            label=question.label,
            text=given[question.pk][:1000],
            kept_until=last_day + timedelta(days=_kept_days(question)),
        )
        for question in questions
    )


def _kept_days(question: EventQuestion) -> int:
    return min(question.kept_days, NEEDS_KEPT_DAYS) if question.kind == QuestionKind.NEEDS else question.kept_days


@transaction.atomic
def change_answers(*, registration: Registration, answers: Mapping[int, str]) -> None:
    """Put other answers in the place of those that were given."""
    date = lock_occurrence(registration.occurrence_id)
    date.event = registration.occurrence.event
    registration.answers.all().delete()
    _keep_answers(registration, date, answers)


def pass_on(*, date: Occurrence, now: datetime) -> list[Registration]:
    """Offer what is free to those who wait, in their order, and return who got an offer; `date` is locked.

    A group that wants to stay together is passed while too few seats are free: that is what it chose.
    Whoever waits for a seat of the own practice holds nobody of another practice up.
    """
    until = offer_until(now=now, starts_at=date.starts_at)
    if until is None or date.cancelled_at:
        return []
    offered = []
    for waiting, tally in _queue_of(date):
        room = _room(date, tally, waiting.practice_id, now)
        if not _fits(waiting, room):
            _note_what_it_waits_for(waiting, _waits_for(date, tally, now))
            continue
        if room is not None and room < waiting.seats:
            _split(waiting, room)
        waiting.status, waiting.offered_until = Status.OFFERED, until
        waiting.save(update_fields=["status", "offered_until", "seats"])
        tell(registration=waiting, what="offered")
        offered.append(waiting)
    return offered


def _queue_of(date: Occurrence) -> Iterator[tuple[Registration, Tally]]:
    """Yield who waits with the count of that moment, until no seat is left."""
    rows = Registration.objects.filter(occurrence=date)
    for waiting in rows.in_queue():
        tally = rows.tally(waiting.practice_id)
        if date.capacity is not None and tally.held >= date.capacity:
            return
        yield waiting, tally


def _fits(waiting: Registration, room: int | None) -> bool:
    return room is None or room >= waiting.seats or (waiting.accepts_fewer and room > 0)


def _somebody_fits(date: Occurrence, now: datetime) -> bool:
    return any(_fits(waiting, _room(date, tally, waiting.practice_id, now)) for waiting, tally in _queue_of(date))


def _note_what_it_waits_for(waiting: Registration, waits_for: str) -> None:
    if waiting.waits_for != waits_for:
        Registration.objects.filter(pk=waiting.pk).update(waits_for=waits_for)


def _split(waiting: Registration, room: int) -> None:
    """Keep as many seats as there is room for; what is left waits on in the same place."""
    _put_rest_in_queue(waiting.rest_of or waiting, waiting.seats - room, WaitsFor.SEAT)
    waiting.seats = room
