"""Middleware that every request passes: input hygiene and the admin's own policy."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.translation import gettext as _

Handler = Callable[[HttpRequest], HttpResponse]


class AdminContentSecurityPolicy:
    """Gives Wagtail's admin the inline scripts it cannot do without, and only the admin.

    Wagtail 8 renders inline scripts and styles in choosers and date fields; never `eval`.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Loosen the policy of an answer from the admin."""
        response = self.get_response(request)
        if request.path_info.startswith("/cms/"):
            inline = ["'self'", "'unsafe-inline'"]
            response._csp_replace = {  # type: ignore[attr-defined] # django-csp's documented hook
                "script-src": inline,
                "style-src": inline,
                "img-src": ["'self'", "data:", "blob:"],
            }
        return response


class CompressText(GZipMiddleware):
    """Compresses what shrinks: a part of a file must arrive byte for byte, and sound is compressed already."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress, unless it is a byte range, sound or video."""
        kind = response.headers.get("Content-Type", "")
        if response.status_code == HTTPStatus.PARTIAL_CONTENT or kind.startswith(("audio/", "video/", "image/")):
            return response
        return super().process_response(request, response)


class RefuseNullCharacters:
    """Answers 400 to a NUL in the address: PostgreSQL refuses it deep inside a query."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse, or go on."""
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path_info or "%00" in query:
            return HttpResponseBadRequest(
                _("Dit adres kunnen we niet lezen."), content_type="text/plain; charset=utf-8"
            )
        return self.get_response(request)
