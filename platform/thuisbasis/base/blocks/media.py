"""Blocks with images, files and other pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock


class FigureBlock(blocks.StructBlock):
    """An image with a caption; it has an alternative text or is marked as decoration."""

    image = ImageBlock(label=_("Beeld"))
    caption = blocks.CharBlock(
        label=_("Bijschrift"), required=False, help_text=_("Wat zien we, en waarom staat het hier?")
    )

    def get_preview_value(self) -> Any:
        """Return the first image of the site, as a preview needs a real one."""
        image = get_image_model().objects.order_by("pk").first()
        if image:
            image.contextual_alt_text, image.decorative = "Een straat met huizen", False
        return self.normalize({"image": image, "caption": "Een gewone straat, voor iedereen."})

    class Meta:
        icon = "image"
        label = _("Beeld")
        description = _("Een foto of tekening met bijschrift.")
        template = "blocks/figure.html"


class DownloadsBlock(blocks.StructBlock):
    """Files to download, each with its kind and size."""

    documents = blocks.ListBlock(DocumentChooserBlock(), label=_("Bestanden"), min_num=1)

    class Meta:
        icon = "download"
        label = _("Downloads")
        description = _("Bestanden om te bewaren of te printen.")
        template = "blocks/downloads.html"
        preview_value: dict[str, Any] = {"documents": []}
