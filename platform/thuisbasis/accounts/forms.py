"""Forms of the door, where allauth's own would tell too much."""

from typing import Any

from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from django.http import HttpRequest
from django.utils.translation import get_language

from thuisbasis.accounts.services import send_password_reset


class ResetPasswordForm(AllauthResetPasswordForm):
    """Asks for a new password; does the same work for every address, known or not."""

    def clean_email(self) -> str:
        """Return the address without looking it up."""
        return self.cleaned_data["email"].lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Leave the look-up and the mail to the worker."""
        email = self.cleaned_data["email"]
        send_password_reset.enqueue(email, get_language() or "nl")
        return email
