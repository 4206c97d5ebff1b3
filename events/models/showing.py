"""What the pages of the agenda show of dates: in which words, with which links, for whom."""

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.models.after import Material
from events.models.occurrence import Occurrence
from events.models.registration import Registration
from events.policies import RegistrationFor, may_still_register
from thuisbasis.base.calendars import other_calendars
from thuisbasis.base.components import Card
from thuisbasis.network.policies import may_see_object


@dataclass(frozen=True, kw_only=True)
class ShownDate:
    """A date with its seats, and what this visitor has of it."""

    occurrence: Occurrence
    registration: Registration | None
    is_over: bool
    free: int | None
    materials: list[Material]
    recap_url: str = ""
    title: str = ""

    @property
    def is_cancelled(self) -> bool:
        """Say whether it is not held."""
        return self.occurrence.cancelled_at is not None

    @property
    def may_still_register(self) -> bool:
        """Say whether registering is possible at this moment."""
        return may_still_register(self.occurrence, timezone.now())

    @property
    def is_full(self) -> bool:
        """Say whether every seat is taken."""
        return self.free is not None and self.free < 1

    @property
    def calendar_url(self) -> str:
        """Return the address of the date as a calendar file."""
        return reverse("events:calendar", args=[self.occurrence.key])

    @property
    def other_calendars(self) -> list[tuple[str, str]]:
        """Return the names of calendars on the web, each with the address that adds the date there."""
        return other_calendars(self.occurrence.appointment())

    @property
    def register_url(self) -> str:
        """Return where to register."""
        return reverse("events:register", args=[self.occurrence.key])


def dates_for(event: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the dates of an event, those to come first, with what this visitor has (four queries)."""
    if not event.pk:
        return {"dates": [], "past_dates": []}
    now, visitor = timezone.now(), request.visitor
    rows = list(event.occurrences.with_seats().select_related("talk_show", "recap"))
    mine = _registrations(rows, visitor)
    materials: dict[int, list[Material]] = defaultdict(list)
    for material in Material.objects.filter(occurrence__in=rows).select_related("document"):
        materials[material.occurrence_id].append(material)
    shown = [
        ShownDate(
            occurrence=row,
            registration=mine.get(row.pk),
            is_over=row.ends_at <= now,
            free=free_seats(row),
            materials=materials[row.pk],
            recap_url=recap_url(row, visitor, request),
            title=show_of(row, visitor),
        )
        for row in rows
    ]
    for each in shown:
        # What a template says about the event it says for each date too: fetched once.
        each.occurrence.event = event
    past = [each for each in shown if each.is_over]
    to_choose = [each for each in shown if each.may_still_register and each.registration is None]
    coming = [each for each in shown if not each.is_over]
    return {"dates": coming, "past_dates": past[::-1], "has_choice": len(to_choose) > 1}


def free_seats(row: Any) -> int | None:
    """Return how many seats a date of `with_seats` has left; None for as many as come."""
    if row.capacity is None:
        return None
    return max(0, row.capacity - row.confirmed_seats - row.offered_seats)


def recap_url(row: Occurrence, visitor: Any, request: HttpRequest | None = None) -> str:
    """Return where to look back at a date; "" while there is nothing, or not for this visitor."""
    for page in (row.recap, row.talk_show):
        if page is not None and page.live and may_see_object(visitor, page):
            return str(page.get_url(request) or "")
    return ""


def show_of(row: Occurrence, visitor: Any) -> str:
    """Return the title of the talk show that is held on a date; "" when there is none for this visitor."""
    show = row.talk_show
    return show.title if show is not None and show.live and may_see_object(visitor, show) else ""


def _registrations(rows: list[Occurrence], visitor: Any) -> dict[int, Registration]:
    if visitor.user_id is None:
        return {}
    found = Registration.objects.active().filter(user=visitor.user_id, occurrence__in=rows, rest_of=None)
    return {row.occurrence_id: row for row in found}


@dataclass(frozen=True, kw_only=True)
class AgendaEntry:
    """One line of the agenda."""

    title: str
    url: str
    kind: str
    where: str
    occurrence: Any
    is_for_members: bool
    remark: str

    @property
    def day(self) -> date:
        """Return the day on our own clock."""
        return timezone.localdate(self.occurrence.starts_at)


def entries_of(rows: Iterable[Any], visitor: Any, request: HttpRequest | None = None) -> list[AgendaEntry]:
    """Return dates of `with_seats` as lines of the agenda, in the reader's language where there is a translation."""
    rows = list(rows)
    titles = _translated({row.event.translation_key for row in rows}, visitor)
    entries = []
    for row in rows:
        page = titles.get(row.event.translation_key, row.event)
        url = recap_url(row, visitor, request) if row.ends_at <= timezone.now() else ""
        entries.append(
            AgendaEntry(
                title=show_of(row, visitor) or page.title,
                url=url or str(page.get_url(request) or ""),
                kind=str(row.event.get_event_kind_display()),
                where=row.place or str(row.event.get_whereabouts_display()),
                occurrence=row,
                is_for_members=row.event.audience != "public",
                remark=_remark(row, has_recap=bool(url)),
            )
        )
    return entries


def _translated(keys: set[Any], visitor: Any) -> dict[Any, Any]:
    """Return the pages of these events in the reader's language, when that is not the site's own."""
    language = get_language()
    if language == "nl" or not keys:
        return {}
    pages = (
        apps.get_model("events.EventPage")
        .objects.visible_to(visitor)
        .filter(locale__language_code=language, translation_key__in=keys)
    )
    return {page.translation_key: page for page in pages}


def _remark(row: Any, *, has_recap: bool) -> str:
    """Return the one thing to know about a date: that it is off, over, full or nearly so."""
    if row.cancelled_at:
        return _("gaat niet door")
    if row.ends_at <= timezone.now():
        return _("terugkijken") if has_recap else ""
    free = free_seats(row)
    if free is None or row.event.registration_for == RegistrationFor.NOBODY:
        return ""
    if free == 0:
        return _("vol, met wachtlijst")
    return _("nog %(count)d plekken") % {"count": free} if free > 1 else _("nog één plek")


def card_of(entry: AgendaEntry) -> Card:
    """Return a line of the agenda as a card."""
    kind = f"{entry.kind}, {entry.remark}" if entry.remark else entry.kind
    return Card(title=entry.title, url=entry.url, kind=kind, summary=entry.where, date=entry.day)


@dataclass(frozen=True, kw_only=True)
class MonthDay:
    """A day of the month view."""

    date: date
    is_in_month: bool
    entries: list[AgendaEntry]


@dataclass(frozen=True, kw_only=True)
class MonthWeek:
    """A week of the month view, Monday first."""

    days: list[MonthDay]

    @property
    def is_busy(self) -> bool:
        """Say whether anything happens in the month's own days."""
        return any(day.entries and day.is_in_month for day in self.days)


def weeks_of(month: date, entries: Iterable[AgendaEntry]) -> list[MonthWeek]:
    """Return the weeks of a month with what happens on each day."""
    by_day: dict[date, list[AgendaEntry]] = defaultdict(list)
    for entry in entries:
        by_day[entry.day].append(entry)
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    return [
        MonthWeek(days=[MonthDay(date=day, is_in_month=day.month == month.month, entries=by_day[day]) for day in week])
        for week in weeks
    ]
