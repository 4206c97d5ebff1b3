"""What is left of an event: who was there, what was shown, certificates and mails to participants."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.occurrence import Occurrence
from events.models.registration import Registration
from events.querysets import CertificateQuerySet


class Material(models.Model):
    """Slides or another file that belongs to one date; who sees the event may fetch it."""

    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("titel"), max_length=120)
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL, verbose_name=_("document"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["occurrence", "document"], name="material_once")]

    def __str__(self) -> str:
        return self.title


class HowPresent(models.TextChoices):
    """How we know that somebody was there."""

    DOOR = "door", _("ingecheckt")
    ONLINE = "online", _("online binnengekomen")


class Attendance(models.Model):
    """That somebody was there; `nonce` makes telling it again harmless."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="attendance")
    at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=HowPresent.choices)
    nonce = models.CharField(max_length=40, blank=True)
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.at:%Y-%m-%d %H:%M}"


def new_code() -> str:
    """Return a code that proves nothing by itself and that nobody guesses (128 bits)."""
    return secrets.token_urlsafe(16)


class Certificate(models.Model):
    """A certificate of attendance; a new one for the same person voids the one before."""

    event = models.ForeignKey("events.EventPage", on_delete=models.PROTECT, related_name="certificates")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="certificates")
    serial = models.CharField(_("nummer"), max_length=20, unique=True, null=True)
    code = models.CharField(max_length=32, unique=True, default=new_code, editable=False)
    name = models.CharField(_("naam"), max_length=120)
    hours = models.DecimalField(_("uren"), max_digits=5, decimal_places=2)
    dates = models.JSONField(default=list)
    issued_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(fields=["registration"], condition=Q(voided_at=None), name="one_valid_certificate")
        ]

    def __str__(self) -> str:
        return self.serial or ""


class Mailing(models.Model):
    """What an organiser wrote to the participants of a date."""

    # Made when the form is opened: sending the form twice sends the mail once.
    key = models.CharField(max_length=40, unique=True)
    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="mailings")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=10)
    subject = models.CharField(_("onderwerp"), max_length=120)
    text = models.TextField(_("bericht"), max_length=5000)
    created_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.subject
