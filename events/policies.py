"""The yes and no of events: who may come, until when, and which moment is right for what."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thuisbasis.network.policies import Visitor, may_see_object

OFFER_TERM = timedelta(hours=48)
SHORTEST_OFFER = timedelta(minutes=30)
# Whoever gets a seat later than this cannot be there in time.
NO_OFFERS_BEFORE_START = timedelta(hours=2)
LIMIT_HOLDS_UNTIL_DAYS = 7
DOOR_OPENS_BEFORE = timedelta(minutes=15)
DOOR_CLOSES_AFTER = timedelta(minutes=30)
QUIET_FROM, QUIET_UNTIL = time(21), time(7)


class Status(models.TextChoices):
    """Where a registration stands; only the last takes part in nothing any more."""

    CONFIRMED = "confirmed", _("ingeschreven")
    OFFERED = "offered", _("plek aangeboden")
    WAITING = "waiting", _("op de wachtlijst")
    ENDED = "ended", _("niet meer ingeschreven")


class Ending(models.TextChoices):
    """Why a registration ended."""

    CANCELLED = "cancelled", _("afgemeld")
    DECLINED = "declined", _("plek niet aangenomen")
    EXPIRED = "expired", _("niet op tijd gereageerd")
    TRANSFERRED = "transferred", _("overgedragen aan een collega")
    JOINED = "joined", _("bij een andere inschrijving gevoegd")
    EVENT_CANCELLED = "event_cancelled", _("bijeenkomst gaat niet door")
    LEFT = "left", _("werkt niet meer bij de praktijk")
    ERASED = "erased", _("gewist")


class WaitsFor(models.TextChoices):
    """What somebody on the waiting list waits for."""

    SEAT = "seat", _("een vrije plek")
    PRACTICE = "practice", _("een plek voor jouw praktijk")


class RegistrationFor(models.TextChoices):
    """Who may register."""

    NOBODY = "nobody", _("Niemand: inschrijven hoeft niet")
    MEMBERS = "members", _("Leden van het netwerk")
    EVERYONE = "everyone", _("Iedereen, ook zonder account")


class ReminderKind(models.TextChoices):
    """How long before the start somebody is reminded."""

    WEEK = "week", _("een week van tevoren")
    DAY = "day", _("een dag van tevoren")
    HOUR = "hour", _("een uur van tevoren")


# A reminder that could not be sent in this time would say something that is no longer true.
REMINDER_WINDOW = {
    ReminderKind.WEEK: timedelta(days=2),
    ReminderKind.DAY: timedelta(hours=10),
    ReminderKind.HOUR: timedelta(minutes=45),
}


def at_local(day: date, clock: time) -> datetime:
    """Return the moment of a clock time on a day in our own zone; what a clock skips, it shows an hour later.

    Moments are in UTC, in which an hour is always an hour.
    """
    return timezone.make_aware(datetime.combine(day, clock)).astimezone(UTC)


def days_before(moment: datetime, days: int) -> datetime:
    """Return the same time on our own clock, this many days earlier, summer or winter."""
    local = timezone.localtime(moment)
    return at_local(local.date() - timedelta(days=days), local.time())


def offer_until(*, now: datetime, starts_at: datetime) -> datetime | None:
    """Return until when a seat that is offered now is kept; None when it is too late to offer one.

    Two days as a rule, half of the time that is left when that is less, and never less than half an hour
    except when even that is not left.
    """
    latest = starts_at.astimezone(UTC) - NO_OFFERS_BEFORE_START
    if now >= latest:
        return None
    term = min(OFFER_TERM, max(SHORTEST_OFFER, (latest - now) / 2))
    return min(now + term, latest)


def limit_holds(*, now: datetime, starts_at: datetime, limit: int | None) -> bool:
    """Say whether the limit for each practice still holds: until a week before the start."""
    return limit is not None and now < days_before(starts_at, LIMIT_HOLDS_UNTIL_DAYS)


def may_still_register(date: Any, now: datetime) -> bool:
    """Say whether registering is possible at this moment: while it is held, before its deadline and its start."""
    return date.cancelled_at is None and now < min(date.closes_at or date.starts_at, date.starts_at)


def may_still_cancel(date: Any, now: datetime) -> bool:
    """Say whether a seat can be given back without calling the organiser: before its deadline and its start."""
    return now < min(date.cancel_until or date.starts_at, date.starts_at)


def reminder_at(kind: str, starts_at: datetime) -> datetime:
    """Return when to remind somebody; never between 21.00 and 7.00 hours, except an hour before the start."""
    if kind == ReminderKind.HOUR:
        return starts_at.astimezone(UTC) - timedelta(hours=1)
    moment = days_before(starts_at, 7 if kind == ReminderKind.WEEK else 1)
    local = timezone.localtime(moment)
    if local.time() < QUIET_UNTIL:
        return at_local(local.date(), QUIET_UNTIL)
    if local.time() >= QUIET_FROM:
        return at_local(local.date() + timedelta(days=1), QUIET_UNTIL)
    return moment


def may_remind(kind: str, *, now: datetime, starts_at: datetime, confirmed_at: datetime) -> bool:
    """Say whether this reminder is due now, for somebody who had the seat by then."""
    due = reminder_at(kind, starts_at)
    return confirmed_at < due <= now < min(due + REMINDER_WINDOW[ReminderKind(kind)], starts_at)


def door_is_open(*, now: datetime, starts_at: datetime, ends_at: datetime) -> bool:
    """Say whether participants can go to the online room: from a quarter before until half an hour after."""
    return starts_at.astimezone(UTC) - DOOR_OPENS_BEFORE <= now <= ends_at.astimezone(UTC) + DOOR_CLOSES_AFTER


def may_organise(visitor: Visitor, event: Any) -> bool:
    """Say whether the visitor runs this event: editors, its owner, and the coordinators of its practice."""
    if visitor.user_id is None:
        return False
    owns = event.content_owner_id == visitor.user_id and visitor.is_member
    return visitor.is_editor or owns or event.practice_id in visitor.coordinated_ids


def may_register(visitor: Visitor, event: Any) -> bool:
    """Say whether the visitor may have a seat at all."""
    if not event.live or not may_see_object(visitor, event):
        return False
    if event.registration_for == RegistrationFor.EVERYONE:
        return True
    return event.registration_for == RegistrationFor.MEMBERS and visitor.is_member


def attended_enough(*, attended: int, held: int, percent: int | None) -> bool:
    """Say whether somebody was there often enough for a certificate; `percent` is of the dates that were held."""
    return percent is not None and held > 0 and attended > 0 and Decimal(100 * attended) / held >= percent
