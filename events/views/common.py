"""What the pages about one date share: who may be there."""

from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View
from django.views.generic.base import ContextMixin

from events.models import Occurrence, Registration
from events.policies import may_organise
from events.services import key_of
from thuisbasis.base.components import Breadcrumbs, Link
from thuisbasis.network.policies import Visitor, may_see_object
from thuisbasis.network.refusals import NotForYou
from thuisbasis.network.views import PersonalView


class DateView(ContextMixin, View):
    """A page about one date that this visitor may see; for anybody, with an account or without."""

    title: Any = ""
    visitor: Visitor
    occurrence: Occurrence

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Know who looks, and when."""
        super().setup(request, *args, **kwargs)
        self.visitor = request.visitor  # type: ignore[attr-defined] # set by VisitorMiddleware
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)

    @cached_property
    def found(self) -> Occurrence | None:
        """Return the date in the address, when this visitor may see it."""
        dates = Occurrence.objects.visible_to(self.visitor).select_related("event__locale").defer("event__body")
        return dates.filter(key=self.kwargs["key"]).first()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Tell others that there is nothing here."""
        if self.found is None:
            raise NotForYou
        self.occurrence = self.found
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the date and its event, and lead back to it."""
        event = self.occurrence.event
        trail = [Link(label=event.title, url=event.get_url(self.request) or "/")]
        context = {"title": self.title, "breadcrumbs": Breadcrumbs(links=trail)}
        return super().get_context_data(**{**context, "occurrence": self.occurrence, "event": event, **kwargs})


class OrganiserMixin(PersonalView):
    """A page about one date, for whoever runs the event."""

    def may_enter(self) -> bool:
        """Let in the organisers, whether or not the event is published yet."""
        dates = Occurrence.objects.select_related("event__locale", "event__practice")
        found = dates.filter(key=self.kwargs["key"]).first()
        if found is None or not may_organise(self.visitor, found.event):
            return False
        self.occurrence = found
        return True

    def trail(self) -> list[Link]:
        """Lead back to the seats."""
        event = self.occurrence.event
        links = [Link(label=event.title, url=event.get_url(self.request) or "/")]
        if self.request.path != self.occurrence.organise_url:
            links.append(Link(label=_("Plekken en deelnemers"), url=self.occurrence.organise_url))
        return links

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the date."""
        context = {"occurrence": self.occurrence, "event": self.occurrence.event}
        return super().get_context_data(**{**context, **kwargs})


class RegistrationView(DateView):
    """A page about one registration, for whoever it is of.

    A member's link holds a key and asks to log in; anybody else's holds a signed token.
    """

    registration: Registration

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask members to log in first, and tell others that there is nothing here."""
        if _uuid(self.kwargs["access"]) and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        response = super().dispatch(request, *args, **kwargs)
        # What a link opens is somebody's own: no cache keeps it. No other site hears of the link: that is the policy
        # of every page ("same-origin"); a stricter one would take the origin from our own forms.
        response.headers["Cache-Control"] = "private, no-store"
        return response

    @cached_property
    def found(self) -> Occurrence | None:
        """Return the date of the registration."""
        rows = Registration.objects.select_related(
            "user", "practice", "rest_of", "occurrence__event__locale", "occurrence__event__practice"
        )
        registration = self._registration(rows)
        # Rights are asked each time: whoever left a group finds nothing of its meetings any more.
        if registration is None or not may_see_object(self.visitor, registration.occurrence.event):
            return None
        self.registration = registration
        return registration.occurrence

    def _registration(self, rows: Any) -> Registration | None:
        access = self.kwargs["access"]
        if key := _uuid(access):
            return rows.filter(key=key, user=self.request.user.pk).first()
        try:
            return rows.filter(key=UUID(key_of(access)), user=None).first()
        except (signing.BadSignature, ValueError):
            return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the registration."""
        context = {"registration": self.registration, "access": self.kwargs["access"]}
        return super().get_context_data(**{**context, **kwargs})


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
