"""For whom something is meant; every model that shows content carries this."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """The groups of readers, from wide to narrow."""

    PUBLIC = "public", _("Openbaar: iedereen")
    NETWORK = "network", _("Netwerk: alle aangesloten praktijken")
    WORKING_GROUP = "working_group", _("Werkgroep")
    OWN_PRACTICE = "own_practice", _("Eigen praktijk")
    STEERING_GROUP = "steering_group", _("Stuurgroep")


class AudienceModel(models.Model):
    """A mixin: who may see this object. Read it only through `visible_to`."""

    audience = models.CharField(
        _("zichtbaar voor"),
        max_length=20,
        choices=Audience.choices,
        default=Audience.PUBLIC,
        db_index=True,
        help_text=_("Wie niet in deze groep zit, ziet nergens een spoor: ook niet in zoeken of feeds."),
    )
    practice = models.ForeignKey(
        "network.Practice",
        verbose_name=_("van praktijk"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("De praktijk waar dit over gaat of vandaan komt."),
    )
    working_group = models.ForeignKey(
        "network.WorkingGroup",
        verbose_name=_("voor werkgroep"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Alleen nodig als dit voor een werkgroep is."),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Raise ValidationError when "own practice" names no practice, or "working group" no group."""
        super().clean()
        if self.audience == Audience.WORKING_GROUP and not self.working_group_id:
            raise ValidationError({"working_group": _("Kies de werkgroep die dit mag zien, of kies een andere groep.")})
        if self.audience == Audience.OWN_PRACTICE and not self.practice_id:
            raise ValidationError({"practice": _("Kies de praktijk die dit mag zien, of kies een andere groep.")})
