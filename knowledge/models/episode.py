"""One episode of a podcast."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager

from knowledge.models.knowledge_page import KnowledgePage
from knowledge.models.recorded import Children, RecordedMixin, artwork_of
from knowledge.models.recorded_form import RemarksPanel
from knowledge.policies import Remark, address_remarks, artwork_remarks, description_remarks
from knowledge.querysets import EpisodeQuerySet
from thuisbasis.base.components import Card, FactList
from thuisbasis.base.durations import iso_duration, spoken_duration


def new_guid() -> str:
    """Return a GUID for a new episode."""
    return str(uuid.uuid4())


class EpisodeType(models.TextChoices):
    """What kind of episode it is; the values are those of itunes:episodeType."""

    FULL = "full", _("aflevering")
    TRAILER = "trailer", _("trailer")
    BONUS = "bonus", _("extra")


class EpisodePage(RecordedMixin, KnowledgePage):
    """An episode; its GUID stays whatever else changes, so that no app shows it twice."""

    kind = "episode"
    kind_label = _("Podcast")
    schema_type = "PodcastEpisode"
    parent_page_types = ["knowledge.PodcastPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["guid"]
    preview_modes = [("", _("Pagina")), ("app", _("In een podcast-app"))]

    guid = models.CharField(max_length=500, unique=True, default=new_guid, editable=False)
    episode_number = models.PositiveSmallIntegerField(
        _("nummer"), null=True, blank=True, help_text=_("Binnen het seizoen. Een trailer heeft geen nummer.")
    )
    season_number = models.PositiveSmallIntegerField(
        _("seizoen"), null=True, blank=True, help_text=_("Namen van seizoenen staan bij de podcast.")
    )
    episode_type = models.CharField(
        _("soort"),
        max_length=8,
        choices=EpisodeType.choices,
        default=EpisodeType.FULL,
        help_text=_("Apps zetten een trailer bovenaan en een extra apart."),
    )
    is_explicit = models.BooleanField(
        _("niet voor kinderen"),
        default=False,
        help_text=_("Aan: apps waarschuwen voor wat heftig is."),
    )
    cover = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("eigen hoes"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Leeg: de hoes van de podcast. Vierkant, 1400 tot 3000 pixels, JPEG of PNG."),
    )

    objects = PageManager.from_queryset(EpisodeQuerySet)()

    content_panels = [
        *Page.content_panels,
        RemarksPanel(),
        *KnowledgePage.summary_panels,
        FieldPanel("recording"),
        MultiFieldPanel(
            [
                FieldPanel("season_number"),
                FieldPanel("episode_number"),
                FieldPanel("episode_type"),
                FieldPanel("is_explicit"),
                FieldPanel("cover"),
            ],
            heading=_("In de podcast"),
        ),
        *RecordedMixin.spoken_panels,
        *KnowledgePage.body_panels,
        *KnowledgePage.people_panels,
    ]

    class Meta:
        verbose_name = _("podcastaflevering")
        verbose_name_plural = _("podcastafleveringen")

    @property
    def podcast(self) -> Any:
        """Return the podcast that this belongs to."""
        if not hasattr(self, "_podcast"):
            self._podcast = self.get_parent().specific
        return self._podcast

    def card(self) -> Card:
        """Return the card, with how long it takes to listen."""
        card = super().card()
        if self.recording:
            card.kind = f"{card.kind}, {spoken_duration(self.recording.duration)}"
        return card

    def remarks(self, children: Children) -> list[Remark]:
        """Return what an editor should know before publishing; `children` are the rows of a form."""
        remarks = []
        if self.recording is None:
            text = gettext("Er is nog geen opname. Kies er een, of upload een MP3 of M4A.")
            remarks.append(Remark(level="error", text=text, field="recording"))
        if self.cover:
            remarks += artwork_remarks(artwork_of(self.cover))
        links = [("", chapter.url) for chapter in self._given(children, "chapters")]
        remarks += [*description_remarks(self.summary), *address_remarks(links)]
        return [*remarks, *self.spoken_remarks(children)]

    def facts(self) -> FactList:
        """Return where it belongs and how long it is."""
        season = self.podcast.season_names.get(self.season_number, self.season_number) if self.path else ""
        duration = spoken_duration(self.recording.duration) if self.recording else ""
        kind = self.get_episode_type_display() if self.episode_type != EpisodeType.FULL else ""
        return FactList(
            facts=[
                (_("Duur"), duration),
                (_("Aflevering"), self.episode_number),
                (_("Seizoen"), season),
                (_("Soort"), kind),
            ]
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the player, the text and the podcast."""
        return {
            **super().get_context(request, *args, **kwargs),
            "player": self.player(request),
            "transcript": self.transcript_text(),
            "podcast": self.podcast if self.path else None,
        }

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the page, or how a podcast app shows the episode."""
        if mode_name != "app":
            return super().serve_preview(request, mode_name)
        context = {**self.get_context(request), "cover": self.cover or self.podcast.cover, "today": timezone.now()}
        return TemplateResponse(request, "knowledge/episode_in_app.html", context)

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the episode as a schema.org PodcastEpisode."""
        data = super().structured_data(request)
        data["name"] = data.pop("headline")
        podcast = self.podcast
        data["partOfSeries"] = {"@type": "PodcastSeries", "name": podcast.title, "url": podcast.absolute_url}
        if self.episode_number:
            data["episodeNumber"] = self.episode_number
        people = [{"@type": "Person", "name": credit.name} for credit in self.cast().speakers]
        if people:
            data["actor"] = people
        if self.recording:
            data["timeRequired"] = iso_duration(self.recording.duration)
            data["associatedMedia"] = {
                "@type": "AudioObject",
                "contentUrl": settings.SITE_URL + self.recording.url,
                "encodingFormat": self.recording.media_type,
                "contentSize": str(self.recording.size),
                "duration": iso_duration(self.recording.duration),
            }
        clips = self.clips()
        return {**data, "hasPart": clips} if clips else data
