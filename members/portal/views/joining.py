"""The way in for somebody who was invited: look, prove, make an account."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from members.portal.forms import AccountForm, CodeForm
from members.portal.services import (
    CodeIsWrong,
    InvitationIsForSomebodyElse,
    InvitationIsOver,
    accept_as_member,
    accept_as_newcomer,
    check_code,
    send_code,
    usable_invitation,
)
from thuisbasis.accounts.models import User

PROVED = "proved_invitation"


@method_decorator(never_cache, name="dispatch")
class InvitedView(FormView):
    """A page that only a working link opens."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the invitation, or explain kindly that the link is of no use any more."""
        self.now = timezone.now()
        found = usable_invitation(token=self.kwargs["token"], now=self.now)
        if found is None:
            return render(
                request, "members/invitation_over.html", {"title": _("Deze uitnodiging werkt niet meer")}, status=404
            )
        self.invitation = found
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show who invites for what."""
        return {"invitation": self.invitation, "token": self.kwargs["token"], **super().get_context_data(**kwargs)}

    def to(self, step: str) -> HttpResponse:
        """Go to another step of the same invitation."""
        return HttpResponseRedirect(reverse(f"portal:{step}", args=[self.kwargs["token"]]))


class InvitationView(InvitedView):
    """What the invitation is for. Opening it changes nothing: mail scanners open links too."""

    template_name = "members/invitation.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show practice, role and who invites."""
        title = _("Je bent uitgenodigd")
        return self.render_to_response({"invitation": self.invitation, "token": kwargs["token"], "title": title})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Mail a code to the invited address."""
        send_code(invitation=self.invitation, language=get_language() or "nl", now=self.now)
        return self.to("invitation_code")


class CodeView(InvitedView):
    """Prove to read the mail of the invited address."""

    template_name = "members/invitation_code.html"
    form_class = CodeForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(title=_("Vul de code in"), **kwargs)

    def form_valid(self, form: CodeForm) -> HttpResponse:
        """Go on when the code fits."""
        try:
            check_code(invitation=self.invitation, code=form.cleaned_data["code"], now=self.now)
        except CodeIsWrong:
            form.add_error("code", _("Deze code klopt niet of is te oud. Vraag zo nodig een nieuwe."))
            return self.form_invalid(form)
        self.request.session[PROVED] = self.invitation.pk
        return self.to("invitation_account")


class AccountView(InvitedView):
    """Make an account, or use the one that is there."""

    template_name = "members/invitation_account.html"
    form_class = AccountForm

    existing: User | None = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or the one button for who has an account."""
        return self._elsewhere() or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Accept."""
        return self._elsewhere() or (
            self._join(request.user) if self.existing else super().post(request, *args, **kwargs)
        )

    def _elsewhere(self) -> HttpResponse | None:
        """Send those who skipped the code back to it, and those with an account to the login."""
        if self.request.session.get(PROVED) != self.invitation.pk:
            return self.to("invitation_code")
        self.existing = User.objects.filter(email__iexact=self.invitation.email, is_active=True).first()
        if self.existing and not self.request.user.is_authenticated:
            return redirect_to_login(self.request.path, reverse("account_login"))
        return None

    def _join(self, user: Any) -> HttpResponse:
        try:
            accept_as_member(invitation=self.invitation, user=user, now=self.now)
        except InvitationIsForSomebodyElse:
            messages.error(self.request, _("Je bent ingelogd met een ander account. Log eerst uit."))
            return self.render_to_response(self.get_context_data())
        except InvitationIsOver:
            return self.to("invitation")
        return self._welcome()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Let the form compare the password with the address."""
        return {**super().get_form_kwargs(), "email": self.invitation.email}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        title = _("Neem de uitnodiging aan") if self.existing else _("Maak je account")
        return super().get_context_data(title=title, existing=self.existing, **kwargs)

    def form_valid(self, form: AccountForm) -> HttpResponse:
        """Create the account and come in through the one door."""
        names = {key: form.cleaned_data[key] for key in ("first_name", "last_name", "password")}
        language = get_language() or "nl"
        try:
            user = accept_as_newcomer(invitation=self.invitation, language=language, now=self.now, **names)
        except InvitationIsOver:
            return self.to("invitation")
        record_authentication(self.request, user, method="code", email=user.email)
        self._welcome()
        return perform_login(self.request, user, redirect_url=reverse("portal:dashboard"))

    def _welcome(self) -> HttpResponse:
        self.request.session.pop(PROVED, None)
        messages.success(self.request, _("Welkom bij %(practice)s.") % {"practice": self.invitation.practice})
        return HttpResponseRedirect(reverse("portal:dashboard"))
