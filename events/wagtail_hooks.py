"""What the agenda adds to Wagtail."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from events.models import EventIndexPage, EventPage, Occurrence
from knowledge.wagtail_hooks import StartPanel

StartPanel.made_below.append((EventIndexPage, gettext_lazy("Nieuwe bijeenkomst")))


@hooks.register("before_delete_page")
def keep_what_has_dates(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Refuse to delete an event with dates: people are registered for them, or were there."""
    events = EventPage.objects.descendant_of(page, inclusive=True)
    if not Occurrence.objects.filter(event__in=events).exists():
        return None
    messages.error(request, _("Deze bijeenkomst heeft data. Haal haar van de site in plaats van haar weg te gooien."))
    return redirect("wagtailadmin_pages:edit", page.pk)
