"""Dates and registrations for calendar programs."""

import hashlib
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from events.models import Occurrence
from events.services import read_feed
from thuisbasis.base.calendars import write_calendar

CALENDAR = "text/calendar; charset=utf-8"


@require_safe
def date_calendar(request: HttpRequest, key: UUID) -> HttpResponse:
    """Answer with one date as an iCalendar file, which later versions of itself replace."""
    visitor = request.visitor  # type: ignore[attr-defined] # set by VisitorMiddleware
    dates = Occurrence.objects.visible_to(visitor).select_related("event__locale")
    date = get_object_or_404(dates, key=key)
    response = HttpResponse(write_calendar([date.appointment()], method="PUBLISH"), content_type=CALENDAR)
    response.headers["Content-Disposition"] = f'attachment; filename="{date.event.slug}.ics"'
    return response


@require_safe
def personal_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the registrations of whoever has this token; 304 when nothing changed, 404 when it was revoked."""
    calendar = read_feed(token=token, now=timezone.now())
    if calendar is None:
        raise Http404
    etag = f'"{hashlib.sha256(calendar).hexdigest()[:32]}"'
    is_known = etag in [known.removeprefix("W/") for known in parse_etags(request.headers.get("If-None-Match", ""))]
    response = HttpResponse(status=304) if is_known else HttpResponse(calendar, content_type=CALENDAR)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
