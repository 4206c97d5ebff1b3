"""What an organiser writes and adds: mail to participants, slides, and a look back."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView

from events.forms import MailingForm, MaterialForm
from events.models import Mailing
from events.services import (
    IsNotOver,
    NoRightToWrite,
    add_material,
    begin_recap,
    letter_of,
    mail_participants,
    recipients_of,
    remove_material,
)
from events.views.common import OrganiserMixin


class MailView(OrganiserMixin, FormView):
    """Write to participants; the mail is shown as it will arrive before it goes."""

    template_name = "events/mail.html"
    form_class = MailingForm
    title = gettext_lazy("Mail de deelnemers")

    def get_initial(self) -> dict[str, Any]:
        """Give this mail a key, so that sending the form twice sends it once."""
        return {"group": "confirmed", "key": secrets.token_urlsafe(16)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List what was written before."""
        mailings = Mailing.objects.filter(occurrence=self.occurrence).select_related("author")
        return super().get_context_data(**{"mailings": mailings, **kwargs})

    def form_valid(self, form: MailingForm) -> HttpResponse:
        """Show the mail once; then send it."""
        data = form.cleaned_data
        if "send" not in self.request.POST:
            letter = letter_of(subject=data["subject"], text=data["text"], occurrence=self.occurrence, address="#")
            count = recipients_of(occurrence=self.occurrence, group=data["group"]).count()
            preview = render_to_string("mail/letter.txt", {"letter": letter})
            return self.render_to_response(self.get_context_data(form=form, preview=preview, count=count))
        content = {name: data[name] for name in ("group", "subject", "text")}
        mailing = mail_participants(
            occurrence=self.occurrence,
            author=self.user,
            visitor=self.visitor,
            content=content,
            key=data["key"],
            now=self.now,
        )
        text = ngettext("Je mail gaat naar %(count)d mens.", "Je mail gaat naar %(count)d mensen.", mailing.count)
        messages.success(self.request, text % {"count": mailing.count})
        return HttpResponseRedirect(self.occurrence.organise_url)


class MaterialView(OrganiserMixin, FormView):
    """Add slides or another file to a date."""

    template_name = "members/form.html"
    form_class = MaterialForm
    title = gettext_lazy("Voeg dia's of een ander bestand toe")

    def may_enter(self) -> bool:
        """Let in the editors among the organisers: what is on the site, they answer for."""
        return super().may_enter() and self.visitor.is_editor

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say who will see it."""
        text = _("Wie de bijeenkomst op de site ziet, kan het bestand ophalen.")
        context = {"introduction": text, "button": _("Voeg toe"), "back_url": self.occurrence.organise_url}
        return super().get_context_data(**{**context, **kwargs})

    def form_valid(self, form: MaterialForm) -> HttpResponse:
        """Keep the file."""
        add_material(
            occurrence=self.occurrence,
            title=form.cleaned_data["title"],
            file=form.cleaned_data["file"],
            author=self.user,
        )
        messages.success(self.request, _("Het bestand staat bij de bijeenkomst."))
        return HttpResponseRedirect(self.occurrence.organise_url)


class RemoveMaterialView(OrganiserMixin):
    """Take a file away from a date."""

    def may_enter(self) -> bool:
        """Let in the editors among the organisers."""
        return super().may_enter() and self.visitor.is_editor

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it away."""
        remove_material(occurrence=self.occurrence, material_id=self.kwargs["pk"])
        messages.success(request, _("Het bestand is weg."))
        return HttpResponseRedirect(self.occurrence.organise_url)


class RecapView(OrganiserMixin):
    """Begin a look back."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make a draft with all that is known, and open it for the editor."""
        try:
            page = begin_recap(occurrence=self.occurrence, author=self.user, visitor=self.visitor, now=self.now)
        except IsNotOver:
            messages.error(request, _("De bijeenkomst is nog niet voorbij."))
        except NoRightToWrite:
            messages.error(request, _("De redactie maakt de terugblik. Stuur de opname en de dia's op."))
        else:
            return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        return HttpResponseRedirect(self.occurrence.organise_url)
