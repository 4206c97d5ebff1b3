"""Who belongs to which practice, in which role, from when till when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thuisbasis.network.querysets import MembershipQuerySet


class Role(models.TextChoices):
    """What someone does in the network."""

    MEMBER = "member", _("lid")
    COORDINATOR = "coordinator", _("coördinator")
    RESEARCHER = "researcher", _("onderzoeker")
    STEERING_GROUP = "steering_group", _("stuurgroep")


class Membership(models.Model):
    """One person in one practice for a period; a person may have several."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("persoon"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    practice = models.ForeignKey(
        "network.Practice",
        verbose_name=_("praktijk"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    role = models.CharField(_("rol"), max_length=20, choices=Role.choices, default=Role.MEMBER)
    start_date = models.DateField(_("vanaf"))
    end_date = models.DateField(
        _("tot en met"),
        null=True,
        blank=True,
        help_text=_("Leeg: zonder einddatum. Op deze dag geldt het lidmaatschap nog."),
    )
    ended_at = models.DateTimeField(
        _("beëindigd op"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Vanaf dit moment geldt het lidmaatschap niet meer, wat de einddatum ook zegt."),
    )
    confirmed_at = models.DateTimeField(
        _("bevestigd op"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Een coördinator zei toen dat deze persoon hier nog werkt."),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["practice", "user"]
        verbose_name = _("lidmaatschap")
        verbose_name_plural = _("lidmaatschappen")
        constraints = [
            models.UniqueConstraint(fields=["user", "practice", "role", "start_date"], name="unique_membership"),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("start_date")),
                name="membership_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.practice} ({self.get_role_display()})"
