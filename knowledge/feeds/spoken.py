"""The text and the chapters of a recording, in the formats of players and apps."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from knowledge.models.recorded import RecordedMixin
from thuisbasis.files.captions import chapters_json, write_captions


@require_safe
def recording_text(request: HttpRequest, key: UUID, language: str, form: str) -> HttpResponse:
    """Answer with what is said, without the names of people who did not agree to be named."""
    page = _page(request, key)
    transcript = get_object_or_404(page.transcripts, language=language)
    media_type, text = write_captions(page.public_cues(transcript), form)
    return _for_players(text, f"{media_type}; charset=utf-8")


@require_safe
def recording_chapters(request: HttpRequest, key: UUID) -> HttpResponse:
    """Answer with the chapters as JSON; 404 when there are none."""
    page = _page(request, key)
    marks = [chapter.as_mark(settings.SITE_URL) for chapter in page.chapter_list()]
    if not marks:
        raise Http404
    return _for_players(chapters_json(marks), "application/json+chapters; charset=utf-8")


def _page(request: HttpRequest, key: UUID) -> Any:
    """Return the page with this key whose recording the visitor may play now; 404 otherwise."""
    visitor = request.visitor  # type: ignore[attr-defined] # set by VisitorMiddleware
    models: list[Any] = RecordedMixin.__subclasses__()
    for model in models:
        pages = model.objects.visible_to(visitor).filter(locale__language_code=get_language())
        page = pages.filter(translation_key=key).first()
        if page is not None and page.is_playable(timezone.now()):
            return page
    raise Http404


def _for_players(text: str, content_type: str) -> HttpResponse:
    response = HttpResponse(text, content_type=content_type)
    # Players on other sites read along; no cookie ever comes with such a request.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, no-cache"
    return response
