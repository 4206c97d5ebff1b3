"""Our choices where django-allauth asks for them."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from thuisbasis.accounts import encryption
from thuisbasis.accounts.devices import is_known_device
from thuisbasis.accounts.models import AuditAction, User
from thuisbasis.accounts.services import record


class AccountAdapter(DefaultAccountAdapter):
    """The one door: by invitation, in our look, and never closed for a member because of a stranger."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse every sign-up."""
        return False

    def is_login_by_code_required(self, login: Any) -> bool:
        """Ask for a mailed code after a password, unless the account has a stronger second step."""
        return super().is_login_by_code_required(login) and not is_mfa_enabled(login.user)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again for sensitive acts, but not of somebody who logged in a moment ago."""
        records = get_authentication_records(self.request, self.request.user)
        just_now = records and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not just_now and super().is_reauthentication_required(app=app, **kwargs)

    def get_login_redirect_url(self, request: Any) -> str:
        """Lead to the portal, in the language of whoever logs in."""
        with translation.override(request.user.language):
            return reverse("portal:dashboard")

    def render_mail(
        self, template_prefix: str, email: Any, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMultiAlternatives:
        """Put allauth's text in our look, in the reader's language when we know the reader."""
        reader = User.objects.filter(email__iexact=email).only("language").first()
        language = reader.language if reader else translation.get_language()
        with translation.override(language):
            message = super().render_mail(template_prefix, email, context, headers)
            paragraphs = [part.strip() for part in message.body.split("\n\n") if part.strip()]
            html = render_to_string("mail/account.html", {"paragraphs": paragraphs, "language": language})
        message.attach_alternative(html, "text/html")
        return message

    def format_email_subject(self, subject: str) -> str:
        """Leave the subject alone: the sender says who we are."""
        return subject

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong guesses from a device that logged in before apart from those of strangers.

        Otherwise anyone who knows an address could keep its owner out.
        """
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        device = is_known_device(request, credentials.get("email", ""))
        return f"{key}:{device}" if device else key


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: encrypted at rest, and named in plain words."""

    def encrypt(self, text: str) -> str:
        """Lock the TOTP secret and the seed of the recovery codes."""
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open them again."""
        return encryption.decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        """Return the name that an authenticator app shows."""
        return "Thuisbasis"


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on opens accounts that are linked to it, and creates none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Refuse: whoever comes in for the first time has an invitation, and links the account after that."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse a token of another tenant: only tenant and object id together name an account."""
        tenant = sociallogin.provider.app.settings.get("tenant")
        claims = sociallogin.account.extra_data.get("id_token") or {}
        if tenant and claims.get("tid") != tenant:
            record(action=AuditAction.LOGIN_REFUSED, detail="single sign-on")
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("socialaccount_login_error")))

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Refuse: the address in a token proves nothing about who owns our account."""
        return False
