"""A video from elsewhere, which the reader's browser asks for only after a click."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

PROVIDERS = (
    (
        re.compile(r"^https://(?:www\.)?(?:youtube\.com/watch\?v=|youtu\.be/)([\w-]{11})(?:[&?].*)?$"),
        "YouTube",
        "https://www.youtube-nocookie.com/embed/{}?autoplay=1",
    ),
    (re.compile(r"^https://vimeo\.com/(\d{6,12})$"), "Vimeo", "https://player.vimeo.com/video/{}?dnt=1&autoplay=1"),
)


def recognise_video(url: str) -> tuple[str, str] | None:
    """Return the provider's name and the address of its player, or None for another site."""
    for pattern, name, player in PROVIDERS:
        if match := pattern.match(url):
            return name, player.format(match.group(1))
    return None


def validate_video_address(url: str) -> None:
    """Raise ValidationError when this is not the address of a video that we can show after a click."""
    if recognise_video(url) is None:
        message = _("Dit is geen adres van een video op YouTube of Vimeo. Kopieer het adres uit de adresbalk.")
        raise ValidationError(message)


class EmbedBlock(blocks.StructBlock):
    """A video behind our own poster; without JavaScript it is a plain link."""

    url = blocks.URLBlock(label=_("Adres van de video"), help_text=_("Een adres van YouTube of Vimeo."))
    title = blocks.CharBlock(label=_("Titel"), help_text=_("Waar gaat de video over?"))
    poster = ImageChooserBlock(
        label=_("Beeld vooraf"),
        required=False,
        help_text=_("Dit beeld komt van onze eigen site; pas na een klik gaat er een vraag naar buiten."),
    )

    def clean(self, value: Any) -> Any:
        """Raise a ValidationError at the address when it is not of a video we can play."""
        cleaned = super().clean(value)
        try:
            validate_video_address(cleaned["url"])
        except ValidationError as error:
            raise blocks.StructBlockValidationError({"url": error}) from error
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the provider's name and the player's address."""
        context = super().get_context(value, parent_context=parent_context)
        provider, player_url = recognise_video(value["url"]) or ("", "")
        return {**context, "provider": provider, "player_url": player_url}

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("Een video van YouTube of Vimeo, die pas na een klik laadt.")
        template = "blocks/embed.html"
        preview_value = {"url": "https://vimeo.com/123456789", "title": "Voorbeeld van een talkshow", "poster": None}
