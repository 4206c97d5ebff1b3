"""The one view that serves recordings: who may hear them, and which bytes a player asks for."""

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from thuisbasis.files.models import Recording
from thuisbasis.files.ranges import ByteRange, RangeCannotBeSatisfied, requested_range
from thuisbasis.files.registry import is_offered

CHUNK = 64 * 1024


@require_safe
def serve_recording(request: HttpRequest, key: UUID, name: str, extension: str) -> HttpResponseBase:
    """Answer with the recording or the part that is asked for; 404 when nothing visible offers it.

    With ACCEL_PREFIX set, the web server in front sends the bytes: we only say who may have them.
    """
    recording = get_object_or_404(Recording, key=key, extension=extension)
    visitor = request.visitor  # type: ignore[attr-defined] # set by VisitorMiddleware
    if not is_offered(recording, visitor):
        raise Http404
    response = _by_the_web_server(recording) if settings.ACCEL_PREFIX else _by_ourselves(request, recording)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["X-Content-Type-Options"] = "nosniff"
    # Podcast players on the web fetch sound from other sites.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _by_the_web_server(recording: Recording) -> HttpResponse:
    response = HttpResponse(content_type=recording.media_type)
    response.headers["X-Accel-Redirect"] = f"{settings.ACCEL_PREFIX}{quote(str(recording.file.name))}"
    return response


def _by_ourselves(request: HttpRequest, recording: Recording) -> HttpResponseBase:
    etag, changed = f'"{recording.checksum[:32]}"', http_date(recording.changed_at.timestamp())
    try:
        part = _part(request, recording.size, etag, changed)
    except RangeCannotBeSatisfied:
        response: Any = HttpResponse(status=416)
        response.headers["Content-Range"] = f"bytes */{recording.size}"
        return response
    file = recording.file.open("rb")
    if part is None:
        response = FileResponse(file, content_type=recording.media_type)
        response.headers["Content-Length"] = str(recording.size)
    else:
        response = StreamingHttpResponse(_bytes(file, part), status=206, content_type=recording.media_type)
        response.headers["Content-Range"] = f"bytes {part.first}-{part.last}/{recording.size}"
        response.headers["Content-Length"] = str(part.length)
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = changed
    return response


def _part(request: HttpRequest, size: int, etag: str, changed: str) -> ByteRange | None:
    """Return the part asked for; None, so the whole, when If-Range names another version."""
    condition = request.headers.get("If-Range", "").strip()
    if condition and condition != etag and not _is_same_moment(condition, changed):
        return None
    return requested_range(request.headers.get("Range", ""), size)


def _is_same_moment(condition: str, changed: str) -> bool:
    try:
        return parsedate_to_datetime(condition) == parsedate_to_datetime(changed)
    except ValueError:
        return False


def _bytes(file: Any, part: ByteRange) -> Iterator[bytes]:
    with file:
        file.seek(part.first)
        left = part.length
        while left and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
