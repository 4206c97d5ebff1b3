"""My agenda: what I registered for, and how my own calendar follows it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from events.forms import FeedForm
from events.models import CalendarFeed, Certificate, EventIndexPage, Occurrence, Registration
from events.policies import may_organise
from events.services import TooManyFeeds, close_feed, open_feed
from thuisbasis.base.components import Link
from thuisbasis.network.refusals import NotForYou
from thuisbasis.network.views import PersonalView

MOST_SHOWN = 50


class MineView(PersonalView, TemplateView):
    """What I come to, wait for and was at."""

    template_name = "events/mine.html"
    title = gettext_lazy("Mijn agenda")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List what is to come, and what was."""
        rows = Registration.objects.visible_to(self.visitor).filter(user=self.user, rest_of=None)
        rows = rows.select_related("occurrence__event")
        dates = (
            Occurrence.objects.visible_to(self.visitor)
            .not_over(self.now)
            .select_related("event__practice")
            .order_by("starts_at")
        )
        agenda = EventIndexPage.objects.live().filter(locale__language_code="nl").first()
        return super().get_context_data(
            coming=rows.active().around(self.now)[:MOST_SHOWN],
            past=rows.confirmed()
            .filter(occurrence__ends_at__lte=self.now)
            .order_by("-occurrence__starts_at")[:MOST_SHOWN],
            certificates=Certificate.objects.valid().filter(registration__user=self.user).select_related("event"),
            organising=[date for date in dates[:200] if may_organise(self.visitor, date.event)][:MOST_SHOWN],
            agenda_url=agenda.get_url(self.request) if agenda else "/",
            **kwargs,
        )


class FeedsView(PersonalView, FormView):
    """Let a calendar program follow my registrations."""

    template_name = "events/feeds.html"
    form_class = FeedForm
    title = gettext_lazy("Koppel je eigen agenda")

    def trail(self) -> list[Link]:
        """Lead back to my agenda."""
        return [Link(label=_("Mijn agenda"), url=reverse("events:mine"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List the feeds there are."""
        return super().get_context_data(feeds=CalendarFeed.objects.filter(user=self.user), **kwargs)

    def form_valid(self, form: FeedForm) -> HttpResponse:
        """Show the new address, this once."""
        try:
            token = open_feed(user=self.user, name=form.cleaned_data["name"], now=self.now)
        except TooManyFeeds:
            form.add_error(None, _("Je hebt al tien koppelingen. Haal er eerst een weg."))
            return self.form_invalid(form)
        address = settings.SITE_URL + reverse("calendar_feed", args=[token])
        context = self.get_context_data(form=FeedForm(), address=address, webcal=address.replace("https", "webcal", 1))
        return render(self.request, self.template_name, context)


class CloseFeedView(PersonalView):
    """Take a feed away."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """From the next request on the address answers nothing."""
        if not close_feed(user=self.user, feed_id=self.kwargs["pk"]):
            raise NotForYou
        messages.success(request, _("De koppeling is weg. Je agenda krijgt niets meer van ons."))
        return HttpResponseRedirect(reverse("events:feeds"))
