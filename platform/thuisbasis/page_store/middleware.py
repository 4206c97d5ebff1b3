"""Stands before Django: answers from the store what is the same for everybody, and fills it (a PEP 3333 middleware)."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from thuisbasis.page_store.services import (
    STORABLE,
    Headers,
    StoredAnswer,
    answer_of,
    begin_anew,
    current_generation,
    find,
    is_for_everybody,
    keep,
)

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

MOST_IN_MEMORY = 200
# What newsletters and other sites put behind an address to count with; it changes nothing of a page.
# The web server in front knows them too: deploy/nginx-pages.conf.
WITHOUT_MEANING = re.compile(r"(?:(?:utm_[a-z]+|mc_[ce]id|mtm_[a-z]+|fbclid|gclid|msclkid)=[^&]*(?:&|$))*")


class StoredPages:
    """Wraps the application; without PAGE_STORE it only hands on.

    Only an answer that says `Cache-Control: public` to somebody without any cookie is stored. It is given to
    whoever brings no session; what a page says once waits in the session too.
    """

    def __init__(self, application: Application) -> None:
        self.application = application
        self.personal = re.compile(rf"(?:^|;\s*){re.escape(settings.SESSION_COOKIE_NAME)}=")
        self.site = urlsplit(settings.SITE_URL)
        self.memory: dict[str, StoredAnswer] = {}
        self.remembered: Path | None = None
        # A new release may draw the same content differently.
        begin_anew()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer from the store, or ask the application and store what it says."""
        generation = current_generation() if self._may_be_stored(environ) else None
        if generation is None:
            return self.application(environ, start_response)
        path = environ["PATH_INFO"]
        answer = self._find(generation, path)
        if answer is not None:
            return send(answer, environ, start_response)
        return self._ask(generation, path, environ, start_response)

    def _may_be_stored(self, environ: Environ) -> bool:
        return (
            bool(settings.PAGE_STORE)
            and environ["REQUEST_METHOD"] in {"GET", "HEAD"}
            and WITHOUT_MEANING.fullmatch(environ.get("QUERY_STRING", "")) is not None
            and not self.personal.search(environ.get("HTTP_COOKIE", ""))
            and "HTTP_AUTHORIZATION" not in environ
            and environ.get("HTTP_HOST") == self.site.netloc
            and environ.get("HTTP_X_FORWARDED_PROTO", environ["wsgi.url_scheme"]) == self.site.scheme
            and STORABLE.fullmatch(environ["PATH_INFO"]) is not None
        )

    def _find(self, generation: Path, path: str) -> StoredAnswer | None:
        if generation != self.remembered or len(self.memory) >= MOST_IN_MEMORY:
            self.memory, self.remembered = {}, generation
        answer = self.memory.get(path) or find(generation=generation, path=path)
        if answer is not None:
            self.memory[path] = answer
        return answer

    def _ask(
        self, generation: Path, path: str, environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        said: list[Any] = []

        def listen(status: str, headers: Headers, exc_info: Any = None) -> None:
            said[:] = [status, headers, *([exc_info] if exc_info else [])]

        result = self.application(environ, listen)
        status, headers = said[:2]
        is_plain = (
            environ["REQUEST_METHOD"] == "GET" and not environ.get("HTTP_COOKIE") and not environ.get("QUERY_STRING")
        )
        if is_plain and is_for_everybody(status, headers):
            try:
                body = b"".join(result)
            finally:
                getattr(result, "close", bool)()
            keep(generation=generation, path=path, answer=answer_of(headers, body))
            result = [body]
        start_response(*said)
        return result


def send(answer: StoredAnswer, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Send a stored answer, or say that the visitor has it already."""
    headers = list(answer.headers)
    asked = {tag.strip().removeprefix("W/") for tag in environ.get("HTTP_IF_NONE_MATCH", "").split(",")}
    if answer.etag and asked & {answer.etag.removeprefix("W/"), "*"}:
        start_response("304 Not Modified", [pair for pair in headers if pair[0].lower() != "content-type"])
        return []
    body = answer.body
    if answer.small is not None and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        body = answer.small
        headers.append(("Content-Encoding", "gzip"))
    start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
