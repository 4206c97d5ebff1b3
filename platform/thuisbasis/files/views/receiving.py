"""Large files that arrive in parts, and go on after a lost connection (tus 1.0.0, core protocol)."""

import base64
import binascii
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from thuisbasis.files.models import PartialUpload
from thuisbasis.files.services import (
    OffsetIsWrong,
    StorageIsFull,
    TooManyUploads,
    UploadIsTooLarge,
    receive_part,
    start_upload,
    stop_upload,
)

VERSION = "1.0.0"
PART_TYPE = "application/offset+octet-stream"
CHUNK = 256 * 1024


class ResumableUploadView(ABC):
    """Speaks tus for one signed-in person; mix into a view that knows who that is.

    `location` names the route of one upload; `finish` says what happens with a complete file.
    """

    location = ""
    request: HttpRequest
    kwargs: dict[str, Any]
    user: Any

    @abstractmethod
    def finish(self, upload: PartialUpload) -> None:
        """Do something with a file that is complete, before the last part is answered.

        Raises StorageIsFull when that has to be tried again: a part of no bytes after the last one asks for it.
        """

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say what is spoken here."""
        return _answer(204, **{"Tus-Version": VERSION, "Tus-Extension": "creation,termination"})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin: the answer's Location takes the parts."""
        length = request.headers.get("Upload-Length", "")
        if not (length.isascii() and length.isdecimal() and len(length) < 16 and int(length) > 0):
            return _answer(400)
        name = _metadata(request.headers.get("Upload-Metadata", "")).get("filename", "")
        try:
            upload = start_upload(user=self.user, name=name, size=int(length), now=timezone.now())
        except UploadIsTooLarge:
            return _answer(413)
        except TooManyUploads:
            return _answer(429)
        return _answer(201, Location=reverse(self.location, args=[upload.key]))

    def head(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say how much has arrived, in bytes."""
        upload = self.upload()
        if upload is None:
            return _answer(404)
        return _answer(200, **{"Upload-Offset": str(upload.received), "Upload-Length": str(upload.size)})

    def patch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take a part; what arrived before a connection broke is kept."""
        upload = self.upload()
        offset = request.headers.get("Upload-Offset", "")
        if upload is None or request.content_type != PART_TYPE or not (offset.isascii() and offset.isdecimal()):
            return _answer(404 if upload is None else 415 if request.content_type != PART_TYPE else 400)
        try:
            receive_part(upload=upload, offset=int(offset[:16]), chunks=_chunks(request), now=timezone.now())
            if upload.is_complete():
                self.finish(upload)
        except OffsetIsWrong:
            return _answer(409)
        except UploadIsTooLarge:
            return _answer(413)
        except StorageIsFull:
            return _answer(507)
        except UnreadablePostError:
            return _answer(400)
        return _answer(204, **{"Upload-Offset": str(upload.received)})

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Throw away what arrived."""
        upload = self.upload()
        if upload is None:
            return _answer(404)
        stop_upload(upload=upload)
        return _answer(204)

    def upload(self) -> PartialUpload | None:
        """Return the upload in the address, when it is this person's own."""
        return PartialUpload.objects.filter(key=self.kwargs["upload"], user=self.user).first()


def _answer(status: int, **headers: str) -> HttpResponse:
    answer = HttpResponse(status=status)
    for name, value in {"Tus-Resumable": VERSION, "Cache-Control": "no-store", **headers}.items():
        answer.headers[name] = value
    return answer


def _chunks(request: HttpRequest) -> Iterator[bytes]:
    while chunk := request.read(CHUNK):
        yield chunk


def _metadata(header: str) -> dict[str, str]:
    """Return the pairs of Upload-Metadata; what is no base64 is left out."""
    found = {}
    for pair in header.split(","):
        key, _space, value = pair.strip().partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            continue
    return found
