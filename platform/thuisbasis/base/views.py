"""Pages that belong to no content: health, robots, the security contact and who can use the site."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from thuisbasis.base.readiness import parts_not_ready

LOOKED_AT = Path(__file__).parent / "data/looked_at.yaml"


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Answer "ok": this process lives. A database that is away is no reason to stop it (see `ready`)."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer "ok" when visitors can be sent here, and 503 with one line for each part that is not ready yet."""
    missing = parts_not_ready()
    text = "".join(f"{part}\n" for part in missing) or "ok\n"
    return HttpResponse(text, status=503 if missing else 200, content_type="text/plain; charset=utf-8")


@cache_control(max_age=3600)
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what is not worth their visit (they cannot see it anyway)."""
    lines = [
        "User-agent: *",
        "Disallow: /cms/",
        "Disallow: /account/",
        "Disallow: /zoeken/",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@cache_control(max_age=3600)
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say whom to tell about a leak (RFC 9116); expires within a year, as the RFC asks."""
    expires = (timezone.now() + timedelta(days=180)).replace(microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say who can use the site, from what a browser found in the last run (`make accessibility`)."""
    contact = settings.ACCESSIBILITY_CONTACT
    return render(
        request,
        "accessibility.html",
        {"looked_at": _looked_at(), "contact": contact, "contact_label": contact.removeprefix("mailto:")},
    )


@cache
def _looked_at() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(LOOKED_AT.read_text(encoding="utf-8"))
    return found
