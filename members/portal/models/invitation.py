"""An invitation: the only way to an account."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.portal.querysets import InvitationQuerySet
from thuisbasis.network.models import Role


class Invitation(models.Model):
    """Somebody is asked to join a practice, at one address, once, within fourteen days.

    The link alone is worth nothing: whoever opens it proves with a code, mailed to the same
    address, to be the one who was invited. Only hashes of link and code are stored.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(_("e-mailadres"))
    practice = models.ForeignKey(
        "network.Practice", verbose_name=_("praktijk"), on_delete=models.CASCADE, related_name="invitations"
    )
    role = models.CharField(_("rol"), max_length=20, choices=Role.choices, default=Role.MEMBER)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uitgenodigd door"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="invitations_sent",
    )
    created_at = models.DateTimeField(_("verstuurd"))
    expires_at = models.DateTimeField(_("geldig tot"))
    accepted_at = models.DateTimeField(_("aangenomen"), null=True)
    revoked_at = models.DateTimeField(_("ingetrokken"), null=True)
    code_hash = models.CharField(max_length=128, blank=True)
    code_expires_at = models.DateTimeField(null=True)
    code_attempts = models.PositiveSmallIntegerField(default=0)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "email"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="one_open_invitation_per_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.practice}"
