"""On the day: who comes in, at the door or online."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from events.models import Occurrence, Registration
from events.models.after import Attendance, HowPresent
from events.policies import Status, door_is_open
from thuisbasis.accounts.models import User


class NoSeat(Exception):
    """Nobody with this code has a seat on this date."""


class DoorIsClosed(Exception):
    """It is too early or too late to come in online."""


@dataclass(frozen=True, kw_only=True)
class ComeIn:
    """What came of somebody at the door; `is_new` is False for whoever was in already, since `at`."""

    registration: Registration
    at: datetime
    is_new: bool


@transaction.atomic
def check_in(*, occurrence: Occurrence, ticket: str, by: User, nonce: str, at: datetime) -> ComeIn:
    """Let in whoever has this ticket code, or this registration's key.

    The same `nonce` again is the same coming in, however often a bad line repeats it. Raises NoSeat.
    """
    rows = Registration.objects.filter(occurrence=occurrence, status=Status.CONFIRMED).select_related("user")
    registration = next((row for row in rows.filter(ticket_code=ticket)), None) or _by_key(rows, ticket)
    if registration is None:
        raise NoSeat
    values: dict[str, Any] = {"at": at, "how": HowPresent.DOOR, "nonce": nonce[:40], "checked_in_by": by}
    row, is_new = Attendance.objects.get_or_create(registration=registration, defaults=values)
    return ComeIn(registration=registration, at=row.at, is_new=is_new or (bool(nonce) and row.nonce == nonce))


def _by_key(rows: Any, ticket: str) -> Registration | None:
    try:
        return rows.filter(key=UUID(ticket)).first()
    except ValueError:
        return None


@dataclass(frozen=True, kw_only=True)
class SeenAtDoor:
    """Somebody whom a device at the door let in while it had no line."""

    ticket: str
    nonce: str
    at: datetime


def check_in_many(*, occurrence: Occurrence, seen: Iterable[SeenAtDoor], by: User, now: datetime) -> dict[str, bool]:
    """Let in everybody whom a device saw, and return for each nonce whether there was a seat.

    A clock that runs ahead does not let anybody in later than now.
    """
    done: dict[str, bool] = {}
    for one in seen:
        try:
            check_in(occurrence=occurrence, ticket=one.ticket, by=by, nonce=one.nonce, at=min(one.at, now))
            done[one.nonce] = True
        except NoSeat:
            done[one.nonce] = False
    return done


@transaction.atomic
def undo_check_in(*, occurrence: Occurrence, key: Any) -> bool:
    """Take back that somebody came in, and say whether that was so."""
    rows = Attendance.objects.filter(registration__occurrence=occurrence, registration__key=key)
    return rows.filter(how=HowPresent.DOOR).delete()[0] > 0


@transaction.atomic
def come_in_online(*, registration: Registration, now: datetime) -> str:
    """Note that somebody came, and return the address of the online room; raises NoSeat or DoorIsClosed."""
    date = registration.occurrence
    if registration.status != Status.CONFIRMED or date.cancelled_at or not date.join_url:
        raise NoSeat
    if not door_is_open(now=now, starts_at=date.starts_at, ends_at=date.ends_at):
        raise DoorIsClosed
    Attendance.objects.get_or_create(registration=registration, defaults={"at": now, "how": HowPresent.ONLINE})
    return date.join_url
