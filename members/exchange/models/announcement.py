"""What the steering group tells everyone."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.exchange.models.post import PostModel
from members.exchange.querysets import AnnouncementQuerySet
from thuisbasis.network.models import AudienceModel


class Announcement(PostModel, AudienceModel):
    """A message of the steering group to the network or a working group; on dashboards until its last day."""

    title = models.CharField(_("titel"), max_length=120)
    slug = models.SlugField(_("adresdeel"), max_length=140, unique=True)
    until_date = models.DateField(
        _("tot en met"), help_text=_("Tot en met deze dag staat het bovenaan bij iedereen; daarna in het archief.")
    )

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("bericht van de stuurgroep")
        verbose_name_plural = _("berichten van de stuurgroep")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the announcement's page."""
        return reverse("exchange:announcement", args=[self.slug])
