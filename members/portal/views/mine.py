"""My profile, my settings, my data."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, UpdateView

from members.portal.forms import EraseForm, ProfileForm, SettingsForm
from members.portal.models import DataExport, Profile
from members.portal.services import erase_me, request_export
from members.portal.views.directory import with_work
from thuisbasis.accounts.registry import personal_data
from thuisbasis.accounts.services import has_second_factor
from thuisbasis.network.services import LastCoordinator
from thuisbasis.network.views import PersonalView


class ProfileView(PersonalView, TemplateView):
    """What others see of me."""

    template_name = "members/person.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show my own profile with the way to change it."""
        profile = with_work(Profile.objects.filter(user=self.user), self.today).get()
        return super().get_context_data(title=str(profile), profile=profile, is_me=True, **kwargs)


class EditProfileView(PersonalView, UpdateView):
    """Change what others see."""

    template_name = "members/form.html"
    form_class = ProfileForm

    def get_object(self, queryset: Any = None) -> Profile:
        """Return my own profile, never another."""
        return self.user.profile

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(
            title=_("Mijn profiel"),
            introduction=_("Alleen leden van het netwerk zien dit."),
            button=_("Bewaar mijn profiel"),
            back_url=reverse("portal:profile"),
            **kwargs,
        )

    def get_success_url(self) -> str:
        """Show the result."""
        messages.success(self.request, _("Je profiel is bewaard."))
        return reverse("portal:profile")


class SettingsView(PersonalView, UpdateView):
    """Language, mail, logging in and privacy."""

    template_name = "members/settings.html"
    form_class = SettingsForm

    def get_object(self, queryset: Any = None) -> Profile:
        """Return my own profile, never another."""
        return self.user.profile

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say how well the account is protected."""
        return super().get_context_data(
            title=_("Instellingen"), has_second_factor=has_second_factor(self.user), **kwargs
        )

    def get_success_url(self) -> str:
        """Come back in the chosen language."""
        with translation.override(self.user.language):
            messages.success(self.request, _("Je instellingen zijn bewaard."))
            return reverse("portal:settings")


class MyDataView(PersonalView, TemplateView):
    """What we hold about me, why and for how long; and a copy of it."""

    template_name = "members/my_data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the register and the newest copy."""
        export = DataExport.objects.filter(user=self.user).defer("content").first()
        reasons = {(str(entry.purpose), str(entry.term)) for entry in personal_data() if entry.owner}
        return super().get_context_data(title=_("Mijn gegevens"), export=export, reasons=sorted(reasons), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let the worker make a copy."""
        request_export(user=self.user, now=self.now)
        messages.success(request, _("We maken een kopie. Je krijgt een mail als die klaarstaat."))
        return HttpResponseRedirect(reverse("portal:my_data"))


class DownloadDataView(PersonalView):
    """The copy itself, for its owner only."""

    is_sensitive = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the ZIP; raises Http404 while there is none."""
        export = DataExport.objects.filter(user=self.user, ready_at__isnull=False).first()
        if export is None:
            raise Http404
        response = HttpResponse(bytes(export.content), content_type="application/zip")
        response["Content-Disposition"] = 'attachment; filename="mijn-gegevens-thuisbasis.zip"'
        return response


class EraseView(PersonalView, FormView):
    """Remove me."""

    is_sensitive = True

    template_name = "members/erase.html"
    form_class = EraseForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(title=_("Mijn gegevens wissen"), **kwargs)

    def form_valid(self, form: EraseForm) -> HttpResponse:
        """Erase and say goodbye, or ask to hand over first."""
        try:
            erase_me(user=self.user, now=self.now)
        except LastCoordinator:
            form.add_error(
                None, _("Je bent de laatste coördinator van je praktijk. Draag dat eerst over aan een collega.")
            )
            return self.form_invalid(form)
        logout(self.request)
        return render(self.request, "members/erased.html", {"title": _("Je gegevens zijn gewist")})
