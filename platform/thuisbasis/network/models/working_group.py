"""Groups of people from several practices that work on one subject for a while."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thuisbasis.network.querysets import MembershipQuerySet


class WorkingGroup(models.Model):
    """A working group; what is meant for it is seen by nobody else."""

    name = models.CharField(_("naam"), max_length=120, unique=True)
    slug = models.SlugField(_("adresdeel"), max_length=120, unique=True)
    description = models.CharField(
        _("waar werkt deze groep aan?"), max_length=240, blank=True, help_text=_("Eén of twee zinnen.")
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("werkgroep")
        verbose_name_plural = _("werkgroepen")

    def __str__(self) -> str:
        return self.name


class WorkingGroupMembership(models.Model):
    """One person in one working group for a period."""

    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("werkgroep"), on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("persoon"),
        on_delete=models.CASCADE,
        related_name="working_group_memberships",
    )
    start_date = models.DateField(_("vanaf"))
    end_date = models.DateField(
        _("tot en met"),
        null=True,
        blank=True,
        help_text=_("Leeg: zonder einddatum. Op deze dag hoort iemand er nog bij."),
    )
    ended_at = models.DateTimeField(_("beëindigd op"), null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["group", "user"]
        verbose_name = _("lid van werkgroep")
        verbose_name_plural = _("leden van werkgroepen")
        constraints = [
            models.UniqueConstraint(fields=["group", "user", "start_date"], name="unique_working_group_membership"),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("start_date")),
                name="working_group_membership_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.group}"
