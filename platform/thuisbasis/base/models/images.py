"""Our own image model, so that credit and rights can be recorded from the first upload."""

from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


def without_metadata(file: Any) -> Any:
    """Return a picture's file with its pixels untouched, and nothing of what a camera wrote into it.

    Segments APP1 (Exif, XMP), APP13 (IPTC) and comments of a JPEG are left out (ITU-T T.81, annex B);
    Willow writes none into the other formats that we use.
    """
    data = file.read()
    file.seek(0)
    if not data.startswith(b"\xff\xd8"):
        return file
    kept, place = [data[:2]], 2
    while data[place] == 0xFF and (marker := data[place + 1]) != 0xDA:
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if marker not in (0xE1, 0xED, 0xFE):
            kept.append(data[place:end])
        place = end
    clean: Any = ContentFile(b"".join([*kept, data[place:]]), name=file.name)
    return clean


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

    def generate_rendition_file(self, filter: Any, *, source: Any = None) -> Any:  # noqa: A002 (Wagtail's name)
        """Return the scaled picture without metadata: a JPEG would keep where and by whom it was taken."""
        return without_metadata(super().generate_rendition_file(filter, source=source))


class SiteRendition(AbstractRendition):
    """A scaled copy of an image; made once per size and format."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition")
        ]
