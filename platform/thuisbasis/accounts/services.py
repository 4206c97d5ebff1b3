"""Use cases of the accounts."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from thuisbasis.accounts.models import AuditAction, AuditEntry, User
from thuisbasis.mail.services import Letter, write_letter

AUDIT_KEPT_FOR = timedelta(days=396)


def record(
    *,
    action: AuditAction,
    actor: Any = None,
    subject: Any = None,
    practice: Any = None,
    detail: str = "",
    now: datetime | None = None,
) -> None:
    """Add a line to the audit log; people and practice may be None. Line breaks in `detail` are flattened."""
    AuditEntry.objects.create(
        at=now or timezone.now(),
        action=action,
        actor_key=getattr(actor, "pk", None),
        subject_key=getattr(subject, "pk", None),
        practice_key=getattr(practice, "pk", None),
        detail=" ".join(detail.split())[:200],
    )


@task()
def forget_old_audit_entries() -> int:
    """Remove lines of the audit log after their term of thirteen months, and return how many."""
    return AuditEntry.objects.filter(at__lt=timezone.now() - AUDIT_KEPT_FOR).delete()[0]


def has_second_factor(user: User) -> bool:
    """Say whether somebody has an authenticator app or a passkey (one query)."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user=user, type__in=kinds).exists()


@transaction.atomic
def create_account(*, email: str, password: str, first_name: str, last_name: str, language: str) -> User:
    """Create the account of somebody who proved to read mail at this address."""
    user = User.objects.create_user(email, password, first_name=first_name, last_name=last_name, language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def end_every_session(*, user: User) -> None:
    """Log somebody out everywhere: no session from before this moment is worth anything."""
    user.sessions_ended_at = timezone.now()
    user.save(update_fields=["sessions_ended_at"])
    for session in UserSession.objects.filter(user=user):
        session.end()


@transaction.atomic
def close_account(*, user: User) -> None:
    """End every way in: sessions, password, second factors, single sign-on and with them every open token."""
    end_every_session(user=user)
    SocialAccount.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    user.is_active = False
    user.is_staff = user.is_superuser = False
    user.groups.clear()
    # A new unusable password makes every reset link and trusted browser worthless.
    user.set_unusable_password()
    user.save(update_fields=["is_active", "is_staff", "is_superuser", "password"])


def tell_about_new_login(*, user: User, device: str, now: datetime) -> None:
    """Mail somebody that the account was used on a device that we had not seen before."""
    with translation.override(user.language):
        sessions_url = settings.SITE_URL + reverse("usersessions_list")
    write_letter(
        letter=Letter(
            subject=_("Er is ingelogd op een nieuw apparaat"),
            paragraphs=(
                _("Er is zojuist met jouw account ingelogd op een apparaat dat we nog niet kenden."),
                device or _("Onbekend apparaat"),
                _("Was jij dit? Dan hoef je niets te doen."),
                _("Was jij dit niet? Log dan overal uit en kies een nieuw wachtwoord."),
            ),
            action_label=_("Bekijk waar je bent ingelogd"),
            action_url=sessions_url,
        ),
        to=user.email,
        language=user.language,
    )


@task()
def send_password_reset(email: str, language: str) -> None:
    """Mail a link for a new password, or, to an address without an account, that there is none.

    It runs in the worker, so that the page answers an unknown address exactly as a known one.
    """
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    context: dict[str, Any]
    with translation.override(user.language if user else language):
        if user is None:
            prefix, context = "account/email/unknown_account", {"signup_url": settings.SITE_URL}
        else:
            key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
            path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
            context = {
                "user": user,
                "password_reset_url": settings.SITE_URL + path.replace("UID-KEY", key),
            }
            prefix = "account/email/password_reset_key"
        get_adapter().render_mail(prefix, email, {"email": email, **context}).send()
