"""A talk show as a calendar file, which later versions of itself replace."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from knowledge.models import TalkShowPage
from knowledge.policies import TalkShowState
from thuisbasis.base.calendars import Appointment, write_calendar


@require_safe
def talk_show_calendar(request: HttpRequest, key: UUID) -> HttpResponse:
    """Answer with the show as an iCalendar file (RFC 5545); moves and cancellations raise its SEQUENCE."""
    visitor = request.visitor  # type: ignore[attr-defined] # set by VisitorMiddleware
    shows = TalkShowPage.objects.visible_to(visitor).filter(locale__language_code=get_language())
    show = get_object_or_404(shows, translation_key=key)
    calendar = write_calendar([_appointment(show)], method="PUBLISH")
    response = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{show.slug}.ics"'
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _appointment(show: TalkShowPage) -> Appointment:
    return Appointment(
        uid=f"{show.calendar_uid}@thuisbasis",
        sequence=show.calendar_sequence,
        stamped_at=show.last_published_at,
        starts_at=show.starts_at,
        ends_at=show.ends_at,
        title=show.title,
        text=show.summary,
        url=show.absolute_url,
        place=show.location,
        is_cancelled=show.state(timezone.now()) == TalkShowState.CANCELLED,
    )
