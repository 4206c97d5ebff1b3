"""Running an event: dates, seats, participants and the queue."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView

from events.forms import CancelOccurrenceForm, DatesForm, MoveInQueueForm, OccurrenceForm
from events.models import EventPage, Occurrence, Registration
from events.policies import Status, may_organise
from events.services import (
    CapacityBelowConfirmed,
    MomentDoesNotExist,
    NoSeatLeft,
    add_dates,
    cancel_occurrence,
    change_occurrence,
    consequences_of,
    end_registration,
    export_participants,
    give_seat,
    move_in_queue,
)
from events.views.common import OrganiserMixin
from thuisbasis.base.components import FilterForm, SeatPicture, Select
from thuisbasis.network.views import MemberListView, PersonalView

FIELDS = ("starts_at", "ends_at", "place", "join_url", "capacity", "practice_limit", "closes_at", "cancel_until")


def seat_picture(date: Any) -> SeatPicture:
    """Return the seats of a date of `with_seats` as a picture."""
    return SeatPicture(
        capacity=date.capacity,
        confirmed=date.confirmed_seats,
        offered=date.offered_seats,
        waiting=date.waiting_seats,
    )


class SeatsView(OrganiserMixin, MemberListView):
    """The seats as a picture, and who comes."""

    template_name = "events/seats.html"
    title = gettext_lazy("Plekken en deelnemers")
    page_size = 50

    def found(self) -> Any:
        """Narrow by standing and by words."""
        rows = Registration.objects.filter(occurrence=self.occurrence).for_list()
        chosen = self.asked("stand")
        rows = rows.filter(status=chosen) if chosen in Status.values else rows.active()
        for word in self.asked("q").split():
            rows = rows.filter(
                Q(name__icontains=word)
                | Q(user__first_name__icontains=word)
                | Q(user__last_name__icontains=word)
                | Q(practice__name__icontains=word)
            )
        return rows.order_by("place", "pk")

    def form(self) -> FilterForm:
        """Offer names and standings."""
        return FilterForm(
            action=self.occurrence.organise_url,
            text_name="q",
            text_label=_("Zoek op naam of praktijk"),
            button=_("Zoek"),
            text=self.asked("q"),
            selects=[
                Select(
                    name="stand",
                    label=_("Stand"),
                    chosen=self.asked("stand"),
                    options=[(value, str(label)) for value, label in Status.choices],
                )
            ],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Draw the seats, and keep what was asked for in the links to the files."""
        counted = Occurrence.objects.with_seats().get(pk=self.occurrence.pk)
        query = urlencode({name: self.asked(name) for name in ("q", "stand") if self.asked(name)})
        return super().get_context_data(
            picture=seat_picture(counted),
            file_query=query,
            is_over=self.occurrence.ends_at <= self.now,
            is_editor=self.visitor.is_editor,
            materials=self.occurrence.materials.select_related("document"),
            **kwargs,
        )


class ParticipantsFileView(SeatsView):
    """The list of participants, as it was narrowed, as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with a file, and write down who took it."""
        sheet = export_participants(
            occurrence=self.occurrence,
            rows=self.found(),
            form=self.kwargs["form"],
            actor=self.user,
            visitor=self.visitor,
            now=self.now,
        )
        response = HttpResponse(sheet.content, content_type=sheet.media_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{sheet.name}"'
        return response


class DatesView(PersonalView, FormView):
    """Add a date to an event, or a series of them."""

    template_name = "events/dates.html"
    form_class = DatesForm
    title = gettext_lazy("Data en plekken")

    def may_enter(self) -> bool:
        """Let in whoever runs the event."""
        self.event = get_object_or_404(EventPage, pk=self.kwargs["pk"]).source
        return may_organise(self.visitor, self.event)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List the dates there are."""
        dates = self.event.occurrences.with_seats()
        context = {"event": self.event, "dates": dates, "button": _("Voeg toe")}
        return super().get_context_data(**{**context, **kwargs})

    def form_valid(self, form: DatesForm) -> HttpResponse:
        """Add them."""
        data = form.cleaned_data
        content = {name: data[name] for name in FIELDS}
        try:
            series = {"every": data["every"], "times": data["times"]}
            added = add_dates(event=self.event, visitor=self.visitor, content=content, now=self.now, **series)
        except MomentDoesNotExist:
            form.add_error(
                "starts_at", _("Een van de data valt in het uur dat de klok verspringt. Kies een andere tijd.")
            )
            return self.form_invalid(form)
        text = ngettext("Er is één datum bij.", "Er zijn %(count)d data bij.", len(added))
        messages.success(self.request, text % {"count": len(added)})
        return HttpResponseRedirect(reverse("events:dates", args=[self.event.pk]))


class ChangeView(OrganiserMixin, FormView):
    """Change a date; what that means for others is shown before it is saved."""

    template_name = "events/change.html"
    form_class = OccurrenceForm
    title = gettext_lazy("Wijzig deze datum")

    def get_initial(self) -> dict[str, Any]:
        """Start from what is true now."""
        return {name: getattr(self.occurrence, name) for name in FIELDS}

    def form_valid(self, form: OccurrenceForm) -> HttpResponse:
        """Show the consequences once when there are any; then save."""
        content = {name: form.cleaned_data[name] for name in FIELDS}
        try:
            found = consequences_of(occurrence=self.occurrence, content=content)
            if not found.are_none and "sure" not in self.request.POST:
                return self.render_to_response(self.get_context_data(form=form, consequences=found))
            change_occurrence(occurrence=self.occurrence, content=content, visitor=self.visitor, now=self.now)
        except CapacityBelowConfirmed as error:
            text = _("Er zijn al %(count)d plekken vergeven. Kies %(count)d of meer; niemand verliest zijn plek.")
            form.add_error("capacity", text % {"count": error.held})
            return self.form_invalid(form)
        messages.success(self.request, _("De wijziging is bewaard."))
        return HttpResponseRedirect(self.occurrence.organise_url)


class CancelView(OrganiserMixin, FormView):
    """Say that a date is not held."""

    template_name = "members/form.html"
    form_class = CancelOccurrenceForm
    title = gettext_lazy("Deze datum gaat niet door")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say how many people will hear of it."""
        people = Registration.objects.filter(occurrence=self.occurrence, rest_of=None).active().count()
        text = ngettext(
            "%(count)d mens krijgt een mail. Dit kun je niet terugdraaien.",
            "%(count)d mensen krijgen een mail. Dit kun je niet terugdraaien.",
            people,
        )
        context = {
            "introduction": text % {"count": people},
            "button": _("Laat het niet doorgaan"),
            "is_serious": True,
            "back_url": self.occurrence.organise_url,
        }
        return super().get_context_data(**{**context, **kwargs})

    def form_valid(self, form: CancelOccurrenceForm) -> HttpResponse:
        """Cancel, and tell everybody."""
        told = cancel_occurrence(
            occurrence=self.occurrence, reason=form.cleaned_data["reason"], visitor=self.visitor, now=self.now
        )
        messages.success(
            self.request, _("De bijeenkomst is afgelast. Mails die nu vertrekken: %(count)d.") % {"count": told}
        )
        return HttpResponseRedirect(self.occurrence.organise_url)


class ParticipantMixin(OrganiserMixin):
    """A page about one participant of a date."""

    def may_enter(self) -> bool:
        """Let in the organiser of the date of this participant."""
        if not super().may_enter():
            return False
        rows = Registration.objects.filter(occurrence=self.occurrence).select_related("user")
        found = rows.filter(key=self.kwargs["registration"]).first()
        if found is None:
            return False
        self.registration = found
        return True

    def back(self) -> HttpResponse:
        """Go back to the list."""
        return HttpResponseRedirect(self.occurrence.organise_url)


class QueueView(ParticipantMixin, FormView):
    """Put somebody elsewhere in the queue."""

    template_name = "members/form.html"
    form_class = MoveInQueueForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say who it is about, and where that person stands."""
        place = Registration.objects.ahead_of(self.registration) + 1
        names = {"name": self.registration.person_name, "place": place}
        context = {
            "title": _("Verander de wachtlijst"),
            "introduction": _("%(name)s staat nu op plaats %(place)d.") % names,
            "button": _("Verplaats"),
            "back_url": self.occurrence.organise_url,
        }
        return super().get_context_data(**{**context, **kwargs})

    def form_valid(self, form: MoveInQueueForm) -> HttpResponse:
        """Move, with the reason in the log."""
        move_in_queue(registration=self.registration, actor=self.user, now=self.now, **form.cleaned_data)
        messages.success(self.request, _("De wachtlijst is veranderd. Je reden staat in het logboek."))
        return self.back()


class GiveSeatView(ParticipantMixin):
    """Give a free seat to somebody in the queue, as happens at the door."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Give it when there is one."""
        try:
            give_seat(registration=self.registration, now=self.now)
            messages.success(request, _("%(name)s heeft nu een plek.") % {"name": self.registration.person_name})
        except NoSeatLeft:
            messages.error(request, _("Er is geen plek vrij. Maak eerst het aantal plekken groter."))
        return self.back()


class RemoveView(ParticipantMixin):
    """End the registration of somebody who called that he or she does not come."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End it, also after the deadline."""
        end_registration(registration=self.registration, now=self.now, is_by_organiser=True)
        messages.success(request, _("%(name)s is afgemeld.") % {"name": self.registration.person_name})
        return self.back()
