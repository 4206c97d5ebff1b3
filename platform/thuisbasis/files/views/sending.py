"""The one view that sends files: who may have them, and which bytes a player asks for."""

import hashlib
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe

from thuisbasis.base.storages import internal_address
from thuisbasis.files.ranges import ByteRange, RangeCannotBeSatisfied, requested_range
from thuisbasis.files.registry import FileAsk, Sendable, find_file

CHUNK = 64 * 1024
# What others may keep of a public file, in seconds: hiding it works within a minute.
PUBLIC = "public, max-age=60"
PRIVATE = "private, no-store"


@require_safe
def serve_file(request: HttpRequest, kind: str, **address: Any) -> HttpResponseBase:
    """Answer with the file or the part that is asked for; 404 when this visitor may not know of it.

    With ACCEL_PREFIX set, the web server in front sends the bytes: we only say who may have them.
    """
    ask = FileAsk(
        user=request.user,
        visitor=request.visitor,  # type: ignore[attr-defined] # set by VisitorMiddleware
        now=timezone.now(),
        address=address,
        is_download=request.method == "GET",
    )
    found = find_file(kind, ask)
    if found is None:
        raise Http404
    response = _by_the_web_server(request, found) if settings.ACCEL_PREFIX else _by_ourselves(request, found)
    return _with_headers(response, found)


def _with_headers(response: HttpResponseBase, found: Sendable) -> HttpResponseBase:
    disposition = content_disposition_header(not found.is_inline, found.name)
    if disposition:
        response.headers["Content-Disposition"] = disposition
    response.headers["Cache-Control"] = PUBLIC if found.is_for_all else PRIVATE
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    for name, value in found.headers.items():
        response.headers[name] = value
    return response


def _by_the_web_server(request: HttpRequest, found: Sendable) -> HttpResponse:
    response = HttpResponse(content_type=found.media_type)
    place = internal_address(found.storage, str(found.file.name), method=request.method or "GET")
    response.headers["X-Accel-Redirect"] = f"{settings.ACCEL_PREFIX}{place}"
    return response


def _by_ourselves(request: HttpRequest, found: Sendable) -> HttpResponseBase:
    etag, changed = f'"{_fingerprint(found)}"', http_date(found.changed_at.timestamp())
    try:
        part = _part(request, found.size, etag, changed)
    except RangeCannotBeSatisfied:
        response: Any = HttpResponse(status=416)
        response.headers["Content-Range"] = f"bytes */{found.size}"
        response.headers["Accept-Ranges"] = "bytes"
        return response
    file = found.file.open("rb")
    if part is None:
        response = FileResponse(file, content_type=found.media_type)
        response.headers["Content-Length"] = str(found.size)
    else:
        response = StreamingHttpResponse(_bytes(file, part), status=206, content_type=found.media_type)
        response.headers["Content-Range"] = f"bytes {part.first}-{part.last}/{found.size}"
        response.headers["Content-Length"] = str(part.length)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = changed
    return response


def _fingerprint(found: Sendable) -> str:
    return hashlib.sha256(found.checksum.encode()).hexdigest()[:32]


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
