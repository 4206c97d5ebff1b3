"""Changing a document: what it says, who sees it, which file it is, and its end."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from members.library.forms import DocumentForm, VersionForm
from members.library.services import (
    AudienceGetsWider,
    DocumentIsOnHold,
    VersionIsUnknown,
    accept_traces,
    add_version,
    change_document,
    restore_version,
    withdraw_document,
)
from members.library.views.document import ChangerMixin
from members.library.views.sharing import folder_of
from thuisbasis.accounts.models import User
from thuisbasis.files.inspection import FileIsRefused
from thuisbasis.files.services import StorageIsFull
from thuisbasis.network.forms import chosen_audience
from thuisbasis.network.models import Membership
from thuisbasis.network.refusals import NotForYou
from thuisbasis.network.views import AudienceFormView


class ChangeView(ChangerMixin, AudienceFormView):
    """Change what it says about itself and who sees it."""

    template_name = "members/form.html"
    form_class = DocumentForm

    def get_initial(self) -> dict[str, Any]:
        """Start from what is there."""
        names = ("title", "description", "folder", "owner", "review_date", "delete_date", "is_on_hold")
        return {
            "seen_by": chosen_audience(self.document),
            "themes": self.document.themes.all(),
            **{name: getattr(self.document, name) for name in names},
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the people of the practice as owners."""
        rows = Membership.objects.filter(practice=self.document.practice_id).valid_on(self.today)
        colleagues = User.objects.filter(pk__in=rows.values("user"), is_active=True).order_by("first_name")
        return {**super().get_form_kwargs(), "colleagues": colleagues}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(
            title=_("Wijzig “%(title)s”") % {"title": self.document.title},
            button=_("Bewaar"),
            back_url=self.document.get_absolute_url(),
            **kwargs,
        )

    def form_valid(self, form: DocumentForm) -> HttpResponse:
        """Change it, or ask first whether more people may see it."""
        data = {**form.cleaned_data, "folder": folder_of({**form.cleaned_data, "practice": self.document.practice})}
        try:
            change_document(
                document=self.document,
                content=data,
                actor=self.user,
                visitor=self.visitor,
                is_sure=bool(data.get("wider")),
                now=self.now,
            )
        except AudienceGetsWider as wider:
            form.ask_to_be_sure(wider.people)
            return self.form_invalid(form)
        messages.success(self.request, _("Bewaard. Dit geldt meteen."))
        return self.back()


class NewVersionView(ChangerMixin, FormView):
    """Replace the file; the address stays."""

    template_name = "members/library/new_version.html"
    form_class = VersionForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(
            title=_("Nieuwe versie van “%(title)s”") % {"title": self.document.title}, **kwargs
        )

    def form_valid(self, form: VersionForm) -> HttpResponse:
        """Keep the file, or say beside it what is wrong."""
        file = form.cleaned_data["file"]
        try:
            add_version(
                document=self.document,
                actor=self.user,
                visitor=self.visitor,
                name=file.name,
                file=file,
                note=form.cleaned_data["note"],
                now=self.now,
            )
        except FileIsRefused as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        except StorageIsFull:
            form.add_error("file", _("Er is nu geen ruimte op onze server. Probeer het straks nog eens."))
            return self.form_invalid(form)
        messages.success(self.request, _("De nieuwe versie wordt nagekeken. Tot dan krijgen anderen de vorige."))
        return self.back()


class RestoreView(ChangerMixin):
    """Put an old version back."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make it the newest; raises NotForYou for a version that is not there."""
        number = self.kwargs["number"]
        note = _("Versie %(number)s teruggezet") % {"number": number}
        try:
            restore_version(
                document=self.document, number=number, note=note, actor=self.user, visitor=self.visitor, now=self.now
            )
        except VersionIsUnknown as error:
            raise NotForYou from error
        messages.success(request, note)
        return self.back()


class AcceptTracesView(ChangerMixin):
    """Say that what looked like a resident's data is none."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Accept it for one version."""
        version = self.document.versions.select_related("file").filter(number=self.kwargs["number"]).first()
        if version is None or not version.needs_a_look:
            raise NotForYou
        accept_traces(version=version, actor=self.user, visitor=self.visitor, now=self.now)
        messages.success(request, _("Goed. Anderen kunnen het nu zien; je keuze is opgeschreven."))
        return self.back()


class WithdrawView(ChangerMixin, TemplateView):
    """Remove it for good."""

    template_name = "members/library/withdraw.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(title=_("Haal “%(title)s” weg") % {"title": self.document.title}, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remove it, unless it must be kept."""
        try:
            withdraw_document(document=self.document, actor=self.user, visitor=self.visitor, now=self.now)
        except DocumentIsOnHold:
            messages.error(request, _("Op dit document rust een bewaarplicht. Zet die eerst uit."))
            return self.back()
        messages.success(request, _("Weg: %(title)s") % {"title": self.document.title})
        return HttpResponseRedirect(reverse("library:documents"))
