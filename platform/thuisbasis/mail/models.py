"""The outbox: a mail is a row before it is sent, in the transaction of what it tells about."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from thuisbasis.mail.querysets import OutgoingMailQuerySet


class MailState(models.TextChoices):
    """What became of a mail."""

    WAITING = "waiting", _("wacht")
    SENT = "sent", _("verstuurd")
    DEAD = "dead", _("niet te bezorgen")


def _new_key() -> str:
    return uuid.uuid4().hex


class OutgoingMail(models.Model):
    """One mail to one or more addresses, as the bytes that go to the mail server.

    `key` makes writing the same mail twice harmless. The bytes are wiped once they are
    delivered: they may hold a code or a link that only the reader may have.
    """

    key = models.CharField(max_length=200, unique=True, default=_new_key)
    recipients = models.JSONField(_("aan"))
    sender = models.CharField(max_length=254)
    subject = models.CharField(_("onderwerp"), max_length=300)
    message_id = models.CharField(max_length=200)
    content = models.BinaryField(blank=True)
    state = models.CharField(_("stand"), max_length=10, choices=MailState.choices, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("mislukte pogingen"), default=0)
    next_attempt_at = models.DateTimeField(_("volgende poging"))
    leased_until = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(_("laatste fout"), blank=True)
    created_at = models.DateTimeField(_("geschreven"))
    sent_at = models.DateTimeField(_("verstuurd"), null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("uitgaande mail")
        verbose_name_plural = _("uitgaande post")
        indexes = [models.Index(fields=["state", "next_attempt_at"])]

    def __str__(self) -> str:
        return self.subject
