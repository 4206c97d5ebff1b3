"""Puts the visitor on the request, and keeps the strong roles behind their second step."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from thuisbasis.accounts.models import AuditAction
from thuisbasis.accounts.services import has_second_factor, record
from thuisbasis.network.refusals import NotForYou
from thuisbasis.network.services import visitor_for

# Where somebody without a second step may go: to set one up, to confirm who it is, or away.
OPEN_BEFORE_SECOND_FACTOR: set[str | None] = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_logout",
    "health",
    "ready",
}


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

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Write down what a view refused to whom."""
        if isinstance(exception, NotForYou) and request.user.is_authenticated:
            _write_down(request)


def _write_down(request: HttpRequest) -> None:
    record(action=AuditAction.ACCESS_REFUSED, actor=request.user, detail=request.path)


class SecondFactorMiddleware:
    """Leads editors, administrators, coordinators, steering group and researchers to the second step first.

    Until they have one, nothing else opens. allauth asks for the step itself at each login.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Do nothing before the address is resolved."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Redirect to the set-up when a second step is due and missing."""
        match = request.resolver_match
        if not request.user.is_authenticated or (match and match.url_name in OPEN_BEFORE_SECOND_FACTOR):
            return None
        if not request.visitor.needs_second_factor or has_second_factor(request.user):  # type: ignore[attr-defined] # set above
            return None
        target = reverse("mfa_index")
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": target})
        return HttpResponseRedirect(target)


class EditorsOnlyMiddleware:
    """Keeps Wagtail's admin invisible to members: for them it does not exist."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Raise nothing here: the address must be resolved first."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        """Raise NotForYou for whoever is logged in and no editor."""
        match = request.resolver_match
        is_admin_page = match is not None and match.route.startswith("cms/")
        if is_admin_page and request.user.is_authenticated and not request.visitor.is_editor:  # type: ignore[attr-defined] # set above
            _write_down(request)
            raise NotForYou
