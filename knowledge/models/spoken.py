"""What recordings of every kind have: text per language, chapters, and a place to start."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from knowledge.models.knowledge_page import KnowledgePage
from knowledge.models.timecode import TimecodeField
from thuisbasis.files.captions import Cue, Mark, TimedTextIsWrong, read_captions

CHAPTER_SPEC = "fill-800x800|format-jpeg"


class Transcript(Orderable):
    """What is said in a recording, in one language; `cues` is what was read from `source`."""

    page = ParentalKey(KnowledgePage, on_delete=models.CASCADE, related_name="transcripts")
    language = models.CharField(_("taal"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    source = models.TextField(
        _("ondertiteling"),
        help_text=_("Kies een VTT- of SRT-bestand, of plak de tekst hier. Wie spreekt staat als <v Naam>."),
    )
    cues = models.JSONField(default=list, editable=False)

    class Meta(Orderable.Meta):
        verbose_name = _("tekst")
        verbose_name_plural = _("teksten")

    def clean(self) -> None:
        """Read the source; raise ValidationError with the line of everything that is wrong."""
        super().clean()
        try:
            self._read()
        except TimedTextIsWrong as wrong:
            raise ValidationError({"source": wrong.sentences()}) from wrong

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Read the source and save; raises TimedTextIsWrong for what is no subtitles."""
        self._read()
        super().save(*args, **kwargs)

    def _read(self) -> None:
        self.cues = [cue.as_row() for cue in read_captions(self.source)]

    def cue_list(self) -> list[Cue]:
        """Return the cues, with every name that stands in the source: only for what asks for consent itself."""
        return [Cue.from_row(row) for row in self.cues]


class Chapter(models.Model):
    """A part of a recording with a title; its place in the list is its time."""

    page = ParentalKey(KnowledgePage, on_delete=models.CASCADE, related_name="chapters")
    start = TimecodeField(_("begint op"), help_text=_("Bijvoorbeeld 12:34. De tijd bepaalt de volgorde."))
    title = models.CharField(_("titel"), max_length=120)
    url = models.URLField(_("link"), blank=True, help_text=_("Meer hierover, op een adres met https."))
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("beeld"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldRowPanel([FieldPanel("start"), FieldPanel("title")]),
        FieldRowPanel([FieldPanel("url"), FieldPanel("image")]),
    ]

    class Meta:
        ordering = ["start"]
        verbose_name = _("hoofdstuk")
        verbose_name_plural = _("hoofdstukken")

    def __str__(self) -> str:
        return self.title

    def as_mark(self, site_url: str = "") -> Mark:
        """Return the chapter as players exchange it."""
        image = self.image.get_rendition(CHAPTER_SPEC).url if self.image else ""
        return Mark(
            start=self.start,
            title=self.title,
            url=self.url if self.url.startswith("https://") else "",
            image_url=f"{site_url}{image}" if image else "",
        )
