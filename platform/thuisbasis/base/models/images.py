"""Our own image model, so that credit and rights can be recorded from the first upload."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class SiteImage(AbstractImage):
    """An image of the public site; `description` is its default alternative text."""

    credit = models.CharField(
        _("maker of het beeld"),
        max_length=200,
        blank=True,
        help_text=_("Wie maakte de foto of tekening? Dit staat klein onder het beeld."),
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("beeld")
        verbose_name_plural = _("beelden")


class SiteRendition(AbstractRendition):
    """A scaled copy of an image; made once per size and format."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition")
        ]
