"""Registrations and dates as appointments, and the links that lead back to us."""

from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Occurrence, Registration
from thuisbasis.base.calendars import Appointment, Method, write_calendar

SALT = "events.registration"


def access_of(registration: Registration) -> str:
    """Return what stands in the links to a registration.

    For a member its key, which opens nothing without logging in as that member; for anybody else a
    signed token, which is all that this person has.
    """
    return str(registration.key) if registration.user_id else signing.Signer(salt=SALT).sign(registration.key.hex)


def key_of(token: str) -> str:
    """Return the key in a signed token; raises signing.BadSignature."""
    return signing.Signer(salt=SALT).unsign(token)


def registration_url(registration: Registration, name: str = "registration") -> str:
    """Return the whole address of a page about a registration."""
    return settings.SITE_URL + reverse(f"events:{name}", args=[access_of(registration)])


def appointment_of(registration: Registration, *, now: datetime, is_for_attendee: bool = False) -> Appointment:
    """Return a registration as an appointment; `is_for_attendee` adds who invites whom, for mail."""
    date = registration.occurrence
    invites: dict[str, Any] = {}
    if is_for_attendee:
        name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
        invites = {
            "organizer": (name or "Thuisbasis", address),
            "attendee": (registration.person_name, registration.person_email),
        }
    return Appointment(
        uid=f"{registration.key}@thuisbasis",
        sequence=registration.sequence,
        stamped_at=now,
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        title=date.event.title,
        text=_description(date, registration),
        url=registration_url(registration),
        place=_place(date, registration_url(registration, "join")),
        is_cancelled=not registration.is_active,
        **invites,
    )


def invitation(registration: Registration, *, method: Method, now: datetime) -> bytes:
    """Return the iCalendar object that a mail carries."""
    return write_calendar([appointment_of(registration, now=now, is_for_attendee=True)], method=method)


def _description(date: Occurrence, registration: Registration) -> str:
    text = date.event.summary
    if date.has_room_online:
        address = registration_url(registration, "join")
        text += "\n\n" + _("Online meedoen kan vanaf een kwartier van tevoren: %(address)s") % {"address": address}
    return text


def _place(date: Occurrence, join_address: str) -> str:
    """Return where to go; for who takes part online only, the address of our own door."""
    return date.place or (join_address if date.has_room_online else "")
