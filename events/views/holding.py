"""What somebody does with a registration: look, accept, leave, hand over, answer, come in."""

import io
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from events.forms import ColleagueForm, QuestionsForm
from events.models import Registration
from events.policies import Ending, Status, door_is_open, may_still_cancel
from events.services import (
    AlreadyRegistered,
    DoorIsClosed,
    NoSeat,
    NotAColleague,
    NotEntitled,
    OfferIsOver,
    TooLateToCancel,
    accept_offer,
    access_of,
    certificate_pdf,
    change_answers,
    come_in_online,
    end_registration,
    entitlement_of,
    issue_certificate,
    transfer_registration,
)
from events.services.calendars import appointment_of
from events.views.common import RegistrationView
from thuisbasis.accounts.models import User
from thuisbasis.base.calendars import write_calendar
from thuisbasis.base.paper import CannotPrint
from thuisbasis.network.models import Membership
from thuisbasis.network.refusals import NotForYou


class HoldingView(RegistrationView, TemplateView):
    """Where a registration stands, and what is possible with it."""

    template_name = "events/registration.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what is true now."""
        row = self.registration
        found = entitlement_of(registration=row, now=self.now) if row.status == Status.CONFIRMED else None
        certificate = row.certificates.valid().first()
        offer_is_over = row.status == Status.OFFERED and row.offered_until is not None and row.offered_until <= self.now
        return super().get_context_data(
            title=self.occurrence.event.title,
            position=Registration.objects.ahead_of(row) + 1 if row.status == Status.WAITING else None,
            rests=[(rest, access_of(rest)) for rest in row.rests.active()],
            is_over=self.occurrence.ends_at <= self.now,
            offer_is_over=offer_is_over,
            may_cancel=may_still_cancel(self.occurrence, self.now),
            colleagues=self.colleagues().exists(),
            asks=self.occurrence.event.questions.exists(),
            entitlement=found,
            certificate=certificate,
            **kwargs,
        )

    def colleagues(self) -> Any:
        """Return to whom this seat can go."""
        return colleagues_of(self.registration, self)


def colleagues_of(row: Registration, view: RegistrationView) -> Any:
    """Return who works at the same practice today."""
    if row.user_id is None or row.practice_id is None:
        return User.objects.none()
    members = Membership.objects.valid_on(view.today).filter(practice=row.practice_id).values("user")
    people = User.objects.filter(pk__in=members, is_active=True).exclude(pk=row.user_id)
    return people.order_by("first_name", "last_name")


class Step(RegistrationView):
    """One step with a registration, by one button."""

    def back(self) -> HttpResponse:
        """Go back to the registration."""
        return HttpResponseRedirect(reverse("events:registration", args=[self.kwargs["access"]]))


class AcceptView(Step):
    """Take the seat that is offered."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it; taking it twice is the same as once."""
        try:
            taken = accept_offer(registration=self.registration, now=self.now)
        except OfferIsOver:
            messages.error(request, _("Deze plek is niet meer vrij. Je kunt je opnieuw inschrijven."))
            return self.back()
        messages.success(request, _("De plek is van jou. Tot dan!"))
        # The rest of a group is one with the group from now on.
        return HttpResponseRedirect(reverse("events:registration", args=[access_of(taken)]))


class EndView(Step):
    """Give a seat, an offer or a place in the queue back."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End it, and thank whoever did."""
        before = self.registration.status
        ending = Ending.DECLINED if before == Status.OFFERED else Ending.CANCELLED
        try:
            end_registration(registration=self.registration, ending=ending, now=self.now)
            given_back = _("Je bent afgemeld. Dank je wel: een ander krijgt je plek.")
            passed_on = _("Dat is geregeld. Dank je wel dat je het laat weten.")
            messages.success(request, given_back if before == Status.CONFIRMED else passed_on)
        except TooLateToCancel:
            messages.error(request, _("Afmelden kan hier niet meer. Bel of mail de organisatie."))
        return self.back()


class TransferView(RegistrationView, FormView):
    """Give a seat to a colleague."""

    template_name = "members/form.html"
    form_class = ColleagueForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the colleagues of the same practice."""
        if self.registration.status != Status.CONFIRMED or self.registration.practice_id is None:
            raise NotForYou
        return {**super().get_form_kwargs(), "colleagues": colleagues_of(self.registration, self)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        context = {
            "title": _("Geef je plek aan een collega"),
            "introduction": _("Je collega krijgt een mail met de afspraak. Jouw inschrijving eindigt dan."),
            "button": _("Draag over"),
            "back_url": reverse("events:registration", args=[self.kwargs["access"]]),
        }
        return super().get_context_data(**{**context, **kwargs})

    def form_valid(self, form: ColleagueForm) -> HttpResponse:
        """Hand it over."""
        colleague = form.cleaned_data["colleague"]
        try:
            transfer_registration(registration=self.registration, colleague=colleague, now=self.now)
        except (AlreadyRegistered, NotAColleague):
            form.add_error("colleague", _("Deze collega heeft al een plek, of werkt hier niet meer."))
            return self.form_invalid(form)
        except OfferIsOver:
            form.add_error(None, _("Overdragen kan niet meer: de bijeenkomst is begonnen."))
            return self.form_invalid(form)
        messages.success(self.request, _("Je plek is nu van %(name)s.") % {"name": colleague})
        return HttpResponseRedirect(reverse("events:mine"))


class AnswersView(RegistrationView, FormView):
    """Answer the questions of the organiser anew."""

    template_name = "members/form.html"
    form_class = QuestionsForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Start from what was answered."""
        if not self.registration.is_active or self.occurrence.ends_at <= self.now:
            raise NotForYou
        given = {row.question_id: row.text for row in self.registration.answers.all() if row.question_id}
        return {**super().get_form_kwargs(), "event": self.occurrence.event, "given": given}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        back = reverse("events:registration", args=[self.kwargs["access"]])
        context = {"title": _("Je antwoorden"), "button": _("Bewaar"), "back_url": back}
        return super().get_context_data(**{**context, **kwargs})

    def form_valid(self, form: QuestionsForm) -> HttpResponse:
        """Keep them."""
        change_answers(registration=self.registration, answers=form.answers())
        messages.success(self.request, _("Je antwoorden zijn bewaard."))
        return HttpResponseRedirect(reverse("events:registration", args=[self.kwargs["access"]]))


class TicketView(RegistrationView):
    """The ticket as a picture for the door: an address that holds nothing but an opaque code."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Draw it as SVG."""
        if self.registration.status != Status.CONFIRMED:
            raise NotForYou
        door = settings.SITE_URL + reverse("events:door", args=[self.occurrence.key])
        code = segno.make(f"{door}?kaartje={self.registration.ticket_code}", error="m", micro=False)
        picture = io.BytesIO()
        code.save(picture, kind="svg", scale=5, border=4, light="#fff", dark="#000", xmldecl=False, nl=False)
        return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


class OwnCalendarView(RegistrationView):
    """The registration as a calendar file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with what the mail carried, for everybody's own calendar."""
        row = appointment_of(self.registration, now=self.now)
        response = HttpResponse(write_calendar([row], method="PUBLISH"), content_type="text/calendar; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="afspraak.ics"'
        return response


class JoinView(RegistrationView, TemplateView):
    """The door to the online room: says when it opens, and leads in when it is open."""

    template_name = "events/join.html"
    title = gettext_lazy("Doe online mee")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say where we are in time."""
        date = self.occurrence
        has_room = date.has_room_online and date.cancelled_at is None
        is_open = has_room and door_is_open(now=self.now, starts_at=date.starts_at, ends_at=date.ends_at)
        return super().get_context_data(
            has_seat=self.registration.status == Status.CONFIRMED,
            has_room=has_room,
            is_open=is_open,
            is_over=self.now > date.ends_at,
            **kwargs,
        )


class EnterView(Step):
    """Through the door."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Note that somebody came, and lead on; back to the door when it is closed."""
        try:
            address = come_in_online(registration=self.registration, now=self.now)
        except (NoSeat, DoorIsClosed):
            return HttpResponseRedirect(reverse("events:join", args=[self.kwargs["access"]]))
        response = HttpResponseRedirect(address)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response


class CertificateView(Step):
    """A certificate as a file: made when it is asked for, the same one from then on."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Give a certificate; one that was given before is void from then on."""
        try:
            issue_certificate(registration=self.registration, name=self.registration.person_name, now=self.now)
            messages.success(request, _("Je bewijs van deelname staat klaar."))
        except NotEntitled:
            messages.error(request, _("Je was er niet vaak genoeg voor een bewijs van deelname."))
        return self.back()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the certificate that is valid."""
        certificate = self.registration.certificates.valid().select_related("event").first()
        if certificate is None:
            raise NotForYou
        try:
            pdf = certificate_pdf(certificate=certificate)
        except CannotPrint:
            messages.error(request, _("Het bestand kan nu niet gemaakt worden. Probeer het later opnieuw."))
            return self.back()
        response = HttpResponse(pdf, content_type="application/pdf")
        response.headers["Content-Disposition"] = f'attachment; filename="bewijs-{certificate.serial}.pdf"'
        return response
