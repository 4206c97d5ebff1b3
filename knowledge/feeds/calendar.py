"""A talk show as a calendar file, which later versions of itself replace."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from knowledge.models import TalkShowPage
from knowledge.policies import TalkShowState


@require_safe
def talk_show_calendar(request: HttpRequest, key: UUID) -> HttpResponse:
    """Answer with the show as an iCalendar file (RFC 5545); moves and cancellations raise its SEQUENCE."""
    visitor = request.visitor  # type: ignore[attr-defined] # set by VisitorMiddleware
    shows = TalkShowPage.objects.visible_to(visitor).filter(locale__language_code=get_language())
    show = get_object_or_404(shows, translation_key=key)
    calendar = Calendar()
    calendar.add("prodid", "-//Thuisbasis//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(show))
    calendar.add_missing_timezones()
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{show.slug}.ics"'
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _event(show: TalkShowPage) -> Event:
    event = Event()
    is_cancelled = show.state(timezone.now()) == TalkShowState.CANCELLED
    event.add("uid", f"{show.calendar_uid}@thuisbasis")
    event.add("sequence", show.calendar_sequence)
    event.add("dtstamp", show.last_published_at)
    event.add("dtstart", timezone.localtime(show.starts_at))
    event.add("dtend", timezone.localtime(show.ends_at))
    event.add("summary", show.title)
    event.add("description", f"{show.summary}\n\n{show.absolute_url}")
    event.add("url", show.absolute_url)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    if show.location:
        event.add("location", show.location)
    return event
