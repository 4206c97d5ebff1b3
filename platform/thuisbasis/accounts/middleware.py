"""How long a session lasts, and what a device is remembered for."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from thuisbasis.accounts.devices import remember_device

STARTED = "started_at"
SEEN = "seen_at"
TOUCH_EVERY = 600


class SessionLifeMiddleware:
    """Ends a session after eight idle hours (the cookie's age) or seven days, whichever comes first.

    The session is saved again every ten minutes at most, so that reading costs no writes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the age before the page, remember the device after it."""
        if request.user.is_authenticated:
            _keep_or_end(request)
        response = self.get_response(request)
        if email := getattr(request, "just_logged_in", ""):
            remember_device(request, response, email)
        return response


def _keep_or_end(request: HttpRequest) -> None:
    now = time.time()
    started = request.session.setdefault(STARTED, now)
    if now - started > settings.SESSION_ABSOLUTE_AGE:
        logout(request)
    elif now - request.session.get(SEEN, 0) > TOUCH_EVERY:
        request.session[SEEN] = now
