"""The user: someone with an e-mail address, which is also the login name."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Creates users by e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create and return a user; raises ValueError without an e-mail address."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create and return a user who may do everything."""
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})


class User(AbstractUser):
    """A person with a login; what he or she may see follows from memberships, not from here."""

    username = None  # type: ignore[assignment] # the e-mail address is the login name
    email = models.EmailField(
        _("e-mailadres"),
        unique=True,
        error_messages={"unique": _("Er is al een account met dit e-mailadres.")},
    )

    language = models.CharField(
        _("taal"),
        max_length=5,
        choices=settings.LANGUAGES,
        default="nl",
        help_text=_("In deze taal krijg je mail en zie je het ledendeel."),
    )
    sessions_ended_at = models.DateTimeField(
        null=True, editable=False, help_text=_("Elke sessie van voor dit moment is niets meer waard.")
    )
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()  # type: ignore[assignment] # a manager without user names

    class Meta:
        verbose_name = _("gebruiker")
        verbose_name_plural = _("gebruikers")
        constraints = [models.UniqueConstraint(Lower("email"), name="unique_email_whatever_its_case")]

    def get_session_auth_hash(self) -> str:
        """Return what every session is compared with: it changes with the password and when sessions are ended."""
        ended = self.sessions_ended_at.isoformat() if self.sessions_ended_at else ""
        return f"{super().get_session_auth_hash()}{ended}"

    def __str__(self) -> str:
        if self.erased_at:
            return gettext("Iemand die weg is")
        return self.get_full_name() or self.email
