"""Registering for one date, or for several of a series."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.generic import FormView

from events.forms import RegistrationForm
from events.models import Occurrence, Registration
from events.policies import RegistrationFor, Status, WaitsFor, may_register
from events.services import Registrant, RegistrationIsClosed, Wish, register, tell
from events.views.common import DateView
from thuisbasis.network.models import Practice
from thuisbasis.network.refusals import NotForYou

MOST_DATES = 60


class RegisterView(DateView, FormView):
    """Register: one click for a member, name and address for anybody else."""

    template_name = "events/register.html"
    form_class = RegistrationForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask who might come after logging in to do so."""
        if self.found is not None and not may_register(self.visitor, self.found.event):
            is_stranger = not request.user.is_authenticated
            if is_stranger and self.found.event.registration_for == RegistrationFor.MEMBERS:
                return redirect_to_login(self.found.event.get_url(request) or "/")
            raise NotForYou
        return super().dispatch(request, *args, **kwargs)

    @property
    def is_series(self) -> bool:
        """Say whether the visitor wants to choose from all dates."""
        return "reeks" in self.request.GET

    def open_dates(self) -> list[Occurrence]:
        """Return the dates to choose from: the one in the address, or every one that is still to come."""
        if not self.is_series:
            return [self.occurrence]
        dates = Occurrence.objects.visible_to(self.visitor).filter(event=self.occurrence.event_id, cancelled_at=None)
        return list(dates.filter(starts_at__gt=self.now).order_by("starts_at")[:MOST_DATES])

    def practices(self) -> list[Practice]:
        """Return the practices through which this person can come."""
        return list(Practice.objects.filter(pk__in=self.visitor.network_practice_ids).only("name").order_by("name"))

    def get_form_kwargs(self) -> dict[str, Any]:
        """Ask only what we do not know."""
        self.own_practices = self.practices()
        return {
            **super().get_form_kwargs(),
            "event": self.occurrence.event,
            "is_member": self.request.user.is_authenticated,
            "practices": self.own_practices,
            "dates": self.open_dates(),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        title = _("Schrijf je in voor “%(title)s”") % {"title": self.occurrence.event.title}
        return super().get_context_data(**{"title": title, "is_series": self.is_series, **kwargs})

    def form_valid(self, form: RegistrationForm) -> HttpResponse:
        """Register for each date, and say what came of it."""
        if self.request.user.is_authenticated:
            return self._register_member(form)
        email = form.cleaned_data["email"]
        if not ratelimit.consume(self.request, action="register_for_event", key=email):
            form.add_error(None, _("Er kwamen veel inschrijvingen achter elkaar. Probeer het over een minuut opnieuw."))
            return self.form_invalid(form)
        if self._register(form, is_told_again=True) is None:
            return self.form_invalid(form)
        # The same words for everybody: whether somebody had registered already, only that person reads.
        context = self.get_context_data(form=form, email=email, title=_("Kijk in je mail"))
        return render(self.request, "events/registered.html", context)

    def _register_member(self, form: RegistrationForm) -> HttpResponse:
        rows = self._register(form)
        if rows is None:
            return self.form_invalid(form)
        for row in rows if len(rows) == 1 else []:
            messages.success(self.request, outcome(row))
        if len(rows) > 1:
            confirmed = sum(row.status == Status.CONFIRMED for row in rows)
            text = _("Je hebt een plek op %(seats)d van de %(dates)d data. Voor de andere sta je op de wachtlijst.")
            whole = _("Je hebt een plek op alle %(dates)d data.")
            names = {"seats": confirmed, "dates": len(rows)}
            messages.success(self.request, (whole if confirmed == len(rows) else text) % names)
        return HttpResponseRedirect(self.occurrence.event.url or "/")

    def _register(self, form: RegistrationForm, *, is_told_again: bool = False) -> list[Registration] | None:
        """Register for every date that was chosen; None, with an error on the form, when it is too late."""
        data = form.cleaned_data
        rows = []
        for date in data.get("dates") or self.open_dates():
            wish = Wish(
                seats=data.get("seats") or 1, accepts_fewer=data.get("together") != "all", answers=form.answers()
            )
            try:
                row = register(occurrence=date, registrant=self._registrant(data), wish=wish, now=self.now)
            except RegistrationIsClosed:
                form.add_error(None, _("Inschrijven kan niet meer."))
                return None
            if is_told_again and row.registered_at != self.now:
                tell(registration=row, what="again")
            rows.append(row)
        return rows

    def _registrant(self, data: dict[str, Any]) -> Registrant:
        is_member = self.request.user.is_authenticated
        practice = data.get("practice") or (self.own_practices[0] if self.own_practices else None)
        return Registrant(
            visitor=self.visitor,
            user=self.request.user if is_member else None,  # type: ignore[arg-type] # never anonymous here
            name=data.get("name", ""),
            email=data.get("email", ""),
            practice_id=practice.pk if practice else None,
            language=get_language() or "nl",
        )


def outcome(row: Registration) -> str:
    """Return what to say to whoever registered just now."""
    if row.status == Status.CONFIRMED:
        text = ngettext("Je hebt een plek. De afspraak is onderweg naar je mail.",
                        "Je hebt %(seats)d plekken. De afspraak is onderweg naar je mail.", row.seats)  # fmt: skip
        rest = row.accepts_fewer and row.rests.first()
        more = _("De rest staat op de wachtlijst.") if rest else ""
        return f"{text % {'seats': row.seats}} {more}".strip()
    place = Registration.objects.ahead_of(row) + 1
    if row.waits_for == WaitsFor.PRACTICE:
        text = _("Je praktijk heeft al het grootste aantal plekken. Je staat op plaats %(place)d van de wachtlijst.")
    else:
        text = _("Er is nu geen plek voor je vrij. Je staat op plaats %(place)d van de wachtlijst.")
    return text % {"place": place}
