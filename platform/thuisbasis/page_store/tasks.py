"""Keeps the most wanted pages ready, so that no visitor waits for a page that became old."""

from typing import Any
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django_tasks import task

from thuisbasis.page_store import services
from thuisbasis.page_store.registry import fronts


@task()
def read_anew() -> None:
    """Make the most wanted pages again, as they are this minute, and let them take over from what is stored.

    What changes while this runs wins: then nothing of it is used.
    """
    if not settings.PAGE_STORE:
        return
    before = services.current_generation()
    generation = services.new_generation()
    handler = WSGIHandler()
    for path in fronts():
        said, body = _ask(handler, path)
        if services.is_for_everybody(*said):
            services.keep(generation=generation, path=path, answer=services.answer_of(said[1], body))
    services.make_current(generation=generation, instead_of=before)
    services.forget_old_generations()


def _ask(handler: WSGIHandler, path: str) -> tuple[Any, bytes]:
    """Ask the application as a visitor without a past would."""
    site = urlsplit(settings.SITE_URL)
    environ = {
        "PATH_INFO": path,
        "HTTP_HOST": site.netloc,
        "wsgi.url_scheme": site.scheme,
        "HTTP_X_FORWARDED_PROTO": site.scheme,
    }
    setup_testing_defaults(environ)
    said: list[Any] = []

    def listen(status: str, headers: Any, exc_info: Any = None, /) -> Any:
        said.extend([status, headers])

    result = handler(environ, listen)
    try:
        return said, b"".join(result)
    finally:
        result.close()
