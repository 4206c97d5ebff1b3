"""Is a certificate real? Anybody who holds one may ask."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.models import Certificate


@require_safe
@never_cache
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Show whose certificate this is, for what, and whether a later one replaced it."""
    certificate = Certificate.objects.select_related("event").filter(code=code).first()
    days = [date.fromisoformat(day) for day in certificate.dates] if certificate else []
    context: dict[str, Any] = {"title": _("Bewijs van deelname"), "certificate": certificate, "days": days}
    response = render(request, "events/certificate.html", context, status=200 if certificate else 404)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
