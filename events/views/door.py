"""At the door: a list that works without a line, a search field and a camera."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from events.forms import CheckInForm, SeenForm
from events.models import Registration
from events.policies import Status
from events.services import ComeIn, NoSeat, SeenAtDoor, check_in, check_in_many, undo_check_in
from events.views.common import OrganiserMixin
from events.views.organising import ParticipantMixin

MOST_AT_ONCE = 500


class DoorView(OrganiserMixin, TemplateView):
    """Who is expected, and who is in."""

    template_name = "events/door.html"
    title = gettext_lazy("Inchecken")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List everybody with a seat by name; a ticket in the address shows whose it is first."""
        rows = Registration.objects.filter(occurrence=self.occurrence, status=Status.CONFIRMED)
        people = sorted(
            rows.select_related("user", "practice", "attendance"), key=lambda row: row.person_name.casefold()
        )
        ticket = self.request.GET.get("kaartje", "")
        wanted = self.request.GET.get("q", "").casefold().split()
        shown = [
            row
            for row in people
            if all(word in f"{row.person_name} {row.practice or ''}".casefold() for word in wanted)
        ]
        return super().get_context_data(
            people=shown,
            wanted=self.request.GET.get("q", ""),
            expected=len(people),
            arrived=sum(hasattr(row, "attendance") for row in people),
            at_door=next((row for row in people if ticket and row.ticket_code == ticket), None),
            is_unknown=bool(ticket) and all(row.ticket_code != ticket for row in people),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let somebody in."""
        form = CheckInForm(request.POST)
        found = self._let_in(form) if form.is_valid() else None
        if found is None:
            messages.error(request, _("Dit kaartje hoort niet bij een plek op deze dag."))
        else:
            names: dict[str, Any] = {
                "name": found.registration.person_name,
                "time": f"{timezone.localtime(found.at):%H.%M}",
                "seats": found.registration.seats,
            }
            new = _("%(name)s is binnen (%(seats)d).") if names["seats"] > 1 else _("%(name)s is binnen.")
            text = new if found.is_new else _("%(name)s is al binnen, sinds %(time)s uur.")
            (messages.success if found.is_new else messages.warning)(request, text % names)
        return HttpResponseRedirect(reverse("events:door", args=[self.occurrence.key]))

    def _let_in(self, form: CheckInForm) -> ComeIn | None:
        data = form.cleaned_data
        try:
            return check_in(
                occurrence=self.occurrence, ticket=data["ticket"], by=self.user, nonce=data["nonce"], at=self.now
            )
        except NoSeat:
            return None


class SyncView(OrganiserMixin):
    """What a device at the door saw while it had no line."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let everybody in, and answer for each what came of it, with who is in by now."""
        try:
            sent = json.loads(request.body)
            forms = [SeenForm(dict(one)) for one in sent["seen"][:MOST_AT_ONCE]]
        except (ValueError, KeyError, TypeError):
            return JsonResponse({"error": "unreadable"}, status=400)
        seen = [SeenAtDoor(**form.cleaned_data) for form in forms if form.is_valid()]
        done = check_in_many(occurrence=self.occurrence, seen=seen, by=self.user, now=self.now)
        rows = Registration.objects.filter(occurrence=self.occurrence, attendance__isnull=False)
        present = {
            str(row.key): f"{timezone.localtime(row.attendance.at):%H.%M}" for row in rows.select_related("attendance")
        }
        return JsonResponse({"done": done, "present": present})


class UndoView(ParticipantMixin):
    """Take back that somebody came in."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it back."""
        undo_check_in(occurrence=self.occurrence, key=self.registration.key)
        messages.success(request, _("%(name)s is weer uitgecheckt.") % {"name": self.registration.person_name})
        return HttpResponseRedirect(reverse("events:door", args=[self.occurrence.key]))
