"""Our own image model, so that credit and rights can be recorded from the first upload."""

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

# What a camera or a program writes beside the pixels: Exif, XMP, IPTC and comments.
JPEG_METADATA = (0xE1, 0xED, 0xFE)
PNG_METADATA = (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME")
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def without_metadata(file: Any) -> Any:
    """Return a picture's file with its pixels untouched, and nothing of what a camera wrote into it.

    Segments of a JPEG (ITU-T T.81, annex B) and chunks of a PNG (ISO 15948, section 11) are left
    out; Willow writes none into the other formats that we use.
    """
    file.seek(0)
    data = file.read()
    file.seek(0)
    if data.startswith(b"\xff\xd8"):
        parts = _jpeg_parts(data)
    elif data.startswith(PNG_SIGNATURE):
        parts = _png_parts(data)
    else:
        return file
    clean: Any = ContentFile(b"".join(parts), name=file.name)
    return clean


def _jpeg_parts(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    place = 2
    while data[place] == 0xFF and (marker := data[place + 1]) != 0xDA:
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if marker not in JPEG_METADATA:
            yield data[place:end]
        place = end
    yield data[place:]


def _png_parts(data: bytes) -> Iterator[bytes]:
    yield PNG_SIGNATURE
    place = len(PNG_SIGNATURE)
    while place < len(data):
        end = place + 12 + int.from_bytes(data[place : place + 4], "big")
        if data[place + 4 : place + 8] not in PNG_METADATA:
            yield data[place:end]
        place = end


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
