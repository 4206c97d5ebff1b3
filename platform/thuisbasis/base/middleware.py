"""Middleware that every request passes: input hygiene and the admin's own policy."""

import errno
import logging
import traceback
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from modelsearch.backends.base import FilterFieldError
from psycopg.errors import DiskFull, NumericValueOutOfRange

ADMIN = "/cms/"
# No room on the disk, none for this user, or a file that may not become so large.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
OUR_PACKAGES = {"thuisbasis", "knowledge", "members", "events"}
# What code that trusts its form too much ends in.
STUMBLES = (
    LookupError,
    ValueError,
    AttributeError,
    ValidationError,
    ObjectDoesNotExist,
    NoReverseMatch,
    FilterFieldError,
    RecursionError,
)
# A library that we call with what somebody sent raises deep inside; a fault of ours shows near the end.
NEAR = 3
logger = logging.getLogger(__name__)
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
        if request.path_info.startswith(ADMIN):
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


class RefuseUnreadableInput:
    """Answers 400 to what no form of ours sends, and what a library or database fails on instead of refusing it.

    A NUL in the address (PostgreSQL refuses it deep inside a query), a number too large for any column, and what
    Wagtail's own views stumble over: half a form, a word where a number belongs, a filter that cannot be searched in,
    a page of text as words to search for.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse, or go on."""
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path_info or "%00" in query:
            return unreadable(_("Dit adres kunnen we niet lezen."))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Refuse what led to a number that is too large, or what Wagtail cannot read; any other error stays one."""
        if isinstance(error, OverflowError) or isinstance(error.__cause__, NumericValueOutOfRange):
            return unreadable(_("Dit getal is te groot."))
        if request.path_info.startswith(ADMIN) and isinstance(error, STUMBLES) and not is_ours(error):
            logger.error("Wagtail could not read %s", request.path_info, exc_info=error)
            return unreadable(
                _("Dit kunnen we niet verwerken. Ga terug, haal een filter of zoekwoord weg en probeer opnieuw.")
            )
        return None


class SayThatStorageIsFull:
    """Answers 507 in plain words when what somebody sends does not fit: on a disk, or in the database."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on: a view may find out, or the form before it."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        """Read a form with files before anybody else does, who would not know what to say."""
        if request.content_type != "multipart/form-data":
            return None
        try:
            len(request.POST)
        except OSError as error:
            return self.process_exception(request, error)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say so when this is why; any other error stays one."""
        is_full = isinstance(error.__cause__, DiskFull) or (isinstance(error, OSError) and error.errno in NO_ROOM)
        if not is_full:
            return None
        logger.critical("There is no room left: %s", error)
        return render(request, "507.html", status=HTTPStatus.INSUFFICIENT_STORAGE)


def is_ours(error: Exception) -> bool:
    """Say whether our own code was at work just when this went wrong: then it is a fault to be mended."""
    modules = [frame.f_globals["__name__"] for frame, _line in traceback.walk_tb(error.__traceback__)]
    return any(name.partition(".")[0] in OUR_PACKAGES for name in modules[-NEAR:])


def unreadable(words: str) -> HttpResponse:
    """Return the answer to what cannot be read."""
    return HttpResponseBadRequest(words, content_type="text/plain; charset=utf-8")
