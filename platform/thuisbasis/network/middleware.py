"""Puts the visitor on the request, so that no view has to work out who is looking."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from thuisbasis.network.services import visitor_for


class VisitorMiddleware:
    """Sets `request.visitor`, worked out at first use and once per request.

    A page for someone who is logged in may hold what others must not see, so no cache keeps it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the visitor, and keep personal answers out of caches."""
        request.visitor = SimpleLazyObject(  # type: ignore[attr-defined] # ours to add
            lambda: visitor_for(user=request.user, today=timezone.localdate())
        )
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "private, no-store"
        return response
