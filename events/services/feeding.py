"""Addresses at which calendar programs follow somebody's own registrations."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from events.models import CalendarFeed, Occurrence, Registration
from events.services.calendars import appointment_of
from thuisbasis.accounts.models import User
from thuisbasis.base.calendars import write_calendar
from thuisbasis.network.services import visitor_for

# What is longer ago has no place in a calendar that is read each hour.
SHOWN_FOR = timedelta(days=400)
MOST_FEEDS = 10


class TooManyFeeds(Exception):
    """Nobody has this many calendars: take one away first."""


def token_hash(token: str) -> str:
    """Return the digest under which a token is known; 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def open_feed(*, user: User, name: str, now: datetime) -> str:
    """Make a new address for somebody's calendar program and return its token, which is shown once.

    Raises TooManyFeeds.
    """
    if CalendarFeed.objects.filter(user=user).count() >= MOST_FEEDS:
        raise TooManyFeeds
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(user=user, name=name, token_hash=token_hash(token), created_at=now)
    return token


def close_feed(*, user: User, feed_id: int) -> bool:
    """Take an address away, from the next request on; say whether there was one."""
    return CalendarFeed.objects.filter(user=user, pk=feed_id).delete()[0] > 0


def close_feeds(*, user: User) -> None:
    """Take every address of somebody away."""
    CalendarFeed.objects.filter(user=user).delete()


def read_feed(*, token: str, now: datetime) -> bytes | None:
    """Return the registrations of whoever has this token as a calendar; None when nobody has it any more."""
    feed = CalendarFeed.objects.select_related("user").filter(token_hash=token_hash(token)).first()
    if feed is None or not feed.user.is_active:
        return None
    feed.note_read(now).update(last_read_date=timezone.localdate(now))
    visitor = visitor_for(user=feed.user, today=timezone.localdate(now))
    dates = Occurrence.objects.visible_to(visitor).filter(starts_at__gt=now - SHOWN_FOR)
    rows = Registration.objects.filter(user=feed.user, confirmed_at__isnull=False, rest_of=None, occurrence__in=dates)
    shown = rows.select_related("occurrence__event__locale")
    # Stamped with what changed last, so that the same calendar is the same bytes.
    appointments = [
        appointment_of(row, now=max(filter(None, (row.confirmed_at, row.ended_at, row.occurrence.changed_at))))
        for row in shown.order_by("occurrence__starts_at", "pk")
    ]
    return write_calendar(appointments, method="PUBLISH", name="Thuisbasis")
