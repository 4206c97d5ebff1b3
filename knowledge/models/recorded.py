"""What episodes and talk shows share: a recording with text, chapters and people."""

from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.images import get_image_model

from knowledge.models.recorded_form import RecordedPageForm
from knowledge.models.spoken import Chapter, Transcript
from knowledge.models.text_file import CAPTION_FILES
from knowledge.policies import (
    Artwork,
    Remark,
    chapter_remarks,
    consent_remarks,
    transcript_remarks,
    voice_remarks,
    warnings,
)
from thuisbasis.base.components import Player, TranscriptText, Turn
from thuisbasis.files.captions import Cue, clock, hide_unknown_voices

Children = dict[str, list[Any]]
LONGEST_TURN = 30.0
COVER_SPEC = "fill-1400x1400|format-jpeg"
POSTER_SPEC = "fill-1200x675|format-jpeg"


def turns_of(cues: list[Cue]) -> list[Turn]:
    """Return what each person says without interruption, half a minute at most, to read along."""
    turns: list[Turn] = []
    for cue in cues:
        if not turns or turns[-1].voice != cue.voice or cue.start - turns[-1].start >= LONGEST_TURN:
            turns.append(Turn(start=cue.start, clock=clock(cue.start), voice=cue.voice, cues=[]))
        turns[-1].cues.append((cue.start, cue.text))
    return turns


def artwork_of(image: Any) -> Artwork | None:
    """Return what podcast apps want to know of an image (reads the file); None without an image."""
    if image is None:
        return None
    from PIL import Image

    with image.open_file() as file, Image.open(file) as picture:
        return Artwork(width=picture.width, height=picture.height, format=picture.format or "", mode=picture.mode)


def start_second(request: HttpRequest) -> int:
    """Return the second in the address (`?t=754`), 0 for anything that is no number of seconds."""
    raw = request.GET.get("t", "")
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 7 else 0


class RecordedMixin(models.Model):
    """For knowledge pages with a recording of our own."""

    base_form_class = RecordedPageForm

    recording = models.ForeignKey(
        "files.Recording",
        verbose_name=_("opname"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Kies een opname, of upload er een: geluid als MP3 of M4A, video als MP4."),
    )

    spoken_panels = [
        InlinePanel(
            "transcripts",
            panels=[FieldPanel("language"), FieldPanel("source", widget=CAPTION_FILES)],
            label=_("Tekst"),
            heading=_("Uitgeschreven tekst en ondertiteling"),
        ),
        MultiFieldPanel(
            [InlinePanel("chapters", label=_("Hoofdstuk")), FieldPanel("chapters_file")], heading=_("Hoofdstukken")
        ),
    ]

    class Meta:
        abstract = True

    def is_playable(self, now: datetime) -> bool:
        """Say whether readers may play it at this moment."""
        return self.recording_id is not None

    def texts(self) -> list[Transcript]:
        """Return the transcripts, the one in the page's own language first."""
        if not hasattr(self, "_texts"):
            own = self.locale.language_code
            self._texts = sorted(self.transcripts.all(), key=lambda text: (text.language != own, text.language))
        return self._texts

    def chapter_list(self) -> list[Chapter]:
        """Return the chapters in order of time."""
        if not hasattr(self, "_chapter_list"):
            self._chapter_list = sorted(self.chapters.all(), key=lambda chapter: chapter.start)
        return self._chapter_list

    def public_cues(self, transcript: Transcript) -> list[Cue]:
        """Return what is said, with only the names of people who agreed to be named here."""
        cast = self.cast()
        return hide_unknown_voices(transcript.cue_list(), known=cast.names, withheld=cast.withheld)

    def findable_text(self) -> str:
        """Return what search finds: the text, who speaks, and what is said once readers may play it."""
        return "\n".join([super().findable_text(), *(cue.text for cue in self.findable_cues())])

    def findable_cues(self) -> list[Cue]:
        """Return what is said, in the page's language or else the first there is, once readers may play it."""
        texts = self.texts()[:1] if self.is_playable(timezone.now()) else []
        return [cue for text in texts for cue in self.public_cues(text)]

    def text_url(self, language: str, form: str) -> str:
        """Return the address of the text in a language and format."""
        return self._own_address("recording_text", language, form)

    @property
    def chapters_url(self) -> str:
        """Return the address of the chapters as JSON."""
        return self._own_address("recording_chapters")

    def _own_address(self, name: str, *parts: str) -> str:
        """Return an address in the page's own language; changing the language for each of hundreds takes a while."""
        own, args = self.locale.language_code, [self.translation_key, *parts]
        with nullcontext() if translation.get_language() == own else translation.override(own):
            return reverse(name, args=args)

    def player(self, request: HttpRequest) -> Player | None:
        """Return the player, or None while there is no recording."""
        if self.recording is None:
            return None
        chapters = self.chapter_list()
        return Player(
            source=self.recording.url,
            media_type=self.recording.media_type,
            title=self.title,
            duration=self.recording.duration,
            start=start_second(request),
            chapters=[(chapter.start, clock(chapter.start), chapter.title, chapter.url) for chapter in chapters],
            tracks=[
                (text.language, str(text.get_language_display()), self.text_url(text.language, "vtt"))
                for text in self.texts()
            ],
            poster=self._poster(),
        )

    def _poster(self) -> str:
        if not self.recording or not self.recording.is_video or not self.lead_image:
            return ""
        return str(self.lead_image.get_rendition(POSTER_SPEC).url)

    def transcript_text(self) -> TranscriptText | None:
        """Return the text to read along, in the page's language or else the first there is."""
        texts = self.texts()
        if not texts:
            return None
        downloads = [
            (f"{text.get_language_display()}, {form.upper()}", self.text_url(text.language, form))
            for text in texts
            for form in ("vtt", "srt")
        ]
        turns = turns_of(self.public_cues(texts[0]))
        return TranscriptText(turns=turns, language=texts[0].language, downloads=downloads)

    def clips(self) -> list[dict[str, Any]]:
        """Return the chapters as schema.org Clips."""
        chapters = self.chapter_list()
        ends = [chapter.start for chapter in chapters[1:]] + [self.recording.duration if self.recording else 0]
        return [
            {
                "@type": "Clip",
                "name": chapter.title,
                "startOffset": chapter.start,
                "endOffset": end,
                "url": f"{self.absolute_url}?t={int(chapter.start)}",
            }
            for chapter, end in zip(chapters, ends, strict=True)
        ]

    def spoken_remarks(self, children: Children, *, excuse: str | None = None) -> list[Remark]:
        """Return what is wrong with text, chapters, voices and sound; `children` are those in a form."""
        texts, chapters = self._given(children, "transcripts"), self._given(children, "chapters")
        is_video = bool(self.recording and self.recording.is_video)
        voices = [row[2] for text in texts for row in text.cues]
        remarks = transcript_remarks(
            [text.language for text in texts],
            page_language=self.locale.language_code,
            excuse=excuse,
            is_video=is_video,
        )
        duration = self.recording.duration if self.recording else 0
        remarks += chapter_remarks([chapter.start for chapter in chapters if chapter.start is not None], duration)
        cast = self.cast()
        remarks += [*consent_remarks(cast.withheld), *voice_remarks(voices, [*cast.names, *cast.withheld])]
        if self.recording:
            remarks += warnings(self.recording.loudness_remarks(), "recording")
        return remarks

    def _given(self, children: Children, name: str) -> list[Any]:
        return children[name] if name in children else list(getattr(self, name).all())

    def publish(self, revision: Any, **kwargs: Any) -> None:
        """Publish; raises ValidationError when something is wrong that readers would suffer from.

        The editor's form refuses first, beside the fields; this is for every other way to publish.
        """
        errors = [remark.text for remark in revision.as_object().remarks({}) if remark.is_error]
        if errors:
            raise ValidationError(errors)
        super().publish(revision, **kwargs)


def square_cover(image: Any) -> Any:
    """Return the cover as podcast apps want it: 1400 pixels square, JPEG; None without an image."""
    return image.get_rendition(COVER_SPEC) if image else None


def images_with(spec: str) -> Any:
    """Return images with one rendition, to fetch along."""
    return get_image_model().objects.prefetch_renditions(spec)
