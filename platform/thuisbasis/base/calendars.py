"""Appointments as calendar programs read them (RFC 5545, and RFC 5546 for mail)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import urlencode

from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress

# RFC 5546: PUBLISH is for everybody, REQUEST invites or changes, CANCEL takes away.
Method = Literal["PUBLISH", "REQUEST", "CANCEL"]


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """One moment in a calendar.

    A later version has the same `uid` and a higher `sequence`. `organizer` and `attendee` are
    (name, address), and only for mail to that attendee.
    """

    uid: str
    sequence: int
    stamped_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    text: str
    url: str
    place: str = ""
    is_cancelled: bool = False
    organizer: tuple[str, str] | None = None
    attendee: tuple[str, str] | None = None


def write_calendar(appointments: Iterable[Appointment], *, method: Method, name: str = "") -> bytes:
    """Return an iCalendar object in UTF-8, with the time zones that it speaks of, folded at 75 octets."""
    calendar = Calendar()
    calendar.add("prodid", "-//Thuisbasis//NL")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
    for appointment in appointments:
        calendar.add_component(_event(appointment))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _event(appointment: Appointment) -> Event:
    event = Event()
    event.add("uid", appointment.uid)
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", appointment.stamped_at)
    event.add("dtstart", timezone.localtime(appointment.starts_at))
    event.add("dtend", timezone.localtime(appointment.ends_at))
    event.add("summary", _one_line(appointment.title))
    event.add("description", f"{appointment.text}\n\n{appointment.url}")
    event.add("url", appointment.url)
    event.add("status", "CANCELLED" if appointment.is_cancelled else "CONFIRMED")
    if appointment.place:
        event.add("location", _one_line(appointment.place))
    if appointment.organizer:
        event.add("organizer", _address(*appointment.organizer))
    if appointment.attendee:
        attendee = _address(*appointment.attendee)
        attendee.params |= {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
        event.add("attendee", attendee)
    return event


def _address(name: str, address: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{address}")
    # RFC 5545, 3.2: a parameter's value holds no quotes and no control characters.
    found.params["CN"] = "".join(char for char in _one_line(name) if char.isprintable() and char != '"')
    return found


def _one_line(text: str) -> str:
    return " ".join(text.split())


def other_calendars(appointment: Appointment) -> list[tuple[str, str]]:
    """Return the names of calendars on the web, each with the address that adds the appointment there."""
    details = f"{appointment.text}\n\n{appointment.url}"
    moments = [f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}" for moment in (appointment.starts_at, appointment.ends_at)]
    google = {
        "action": "TEMPLATE",
        "text": appointment.title,
        "dates": "/".join(moments),
        "details": details,
        "location": appointment.place,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": appointment.title,
        "startdt": appointment.starts_at.astimezone(UTC).isoformat(),
        "enddt": appointment.ends_at.astimezone(UTC).isoformat(),
        "body": details,
        "location": appointment.place,
    }
    return [
        ("Google", f"https://calendar.google.com/calendar/render?{urlencode(google)}"),
        ("Outlook", f"https://outlook.live.com/calendar/0/deeplink/compose?{urlencode(outlook)}"),
    ]
