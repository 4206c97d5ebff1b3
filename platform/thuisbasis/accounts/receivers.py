"""Writes in the audit log what happens at the door, and tells people about their own account."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.socialaccount.signals import social_account_added
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils import timezone

from thuisbasis.accounts.devices import device_name, is_known_device
from thuisbasis.accounts.models import AuditAction, User
from thuisbasis.accounts.services import record, tell_about_new_login


def connect() -> None:
    """Listen to Django and allauth."""
    user_logged_in.connect(_logged_in, dispatch_uid="accounts.logged_in")
    user_logged_out.connect(_logged_out, dispatch_uid="accounts.logged_out")
    user_login_failed.connect(_refused, dispatch_uid="accounts.refused")
    for signal in (password_changed, password_reset, password_set):
        signal.connect(_password_changed, dispatch_uid=f"accounts.password.{id(signal)}")
    authenticator_added.connect(_factor_added, dispatch_uid="accounts.factor_added")
    authenticator_removed.connect(_factor_removed, dispatch_uid="accounts.factor_removed")
    social_account_added.connect(_sso_connected, dispatch_uid="accounts.sso_connected")


def _logged_in(request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    record(action=AuditAction.LOGGED_IN, actor=user)
    if request is None:
        return
    # Our app stands above django.contrib.auth, so this still is the moment of the login before.
    if user.last_login and not is_known_device(request, user.email):
        device = device_name(request.headers.get("User-Agent", ""))
        tell_about_new_login(user=user, device=device, now=timezone.now())
    request.just_logged_in = user.email  # type: ignore[attr-defined] # read by SessionLifeMiddleware


def _logged_out(user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record(action=AuditAction.LOGGED_OUT, actor=user)


def _refused(credentials: dict[str, Any], **kwargs: Any) -> None:
    user = User.objects.filter(email__iexact=credentials.get("email") or "").only("pk").first()
    record(action=AuditAction.LOGIN_REFUSED, subject=user)


def _password_changed(user: User, **kwargs: Any) -> None:
    record(action=AuditAction.PASSWORD_CHANGED, actor=user, subject=user)


def _factor_added(user: User, authenticator: Any, **kwargs: Any) -> None:
    record(action=AuditAction.FACTOR_ADDED, actor=user, subject=user, detail=authenticator.type)


def _factor_removed(user: User, authenticator: Any, **kwargs: Any) -> None:
    record(action=AuditAction.FACTOR_REMOVED, actor=user, subject=user, detail=authenticator.type)


def _sso_connected(request: HttpRequest, sociallogin: Any, **kwargs: Any) -> None:
    record(action=AuditAction.SSO_CONNECTED, actor=sociallogin.user, subject=sociallogin.user)
