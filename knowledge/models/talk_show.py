"""Talk shows: one page that lives through announced, live, processing, recorded and cancelled."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager

from knowledge.models.knowledge_page import KnowledgePage
from knowledge.models.listing import ListingPage
from knowledge.models.recorded import Children, RecordedMixin
from knowledge.models.recorded_form import RemarksPanel
from knowledge.policies import Remark, TalkShowState, may_move, state_at
from knowledge.querysets import TalkShowQuerySet
from thuisbasis.base.blocks.embed import recognise_video, validate_video_address
from thuisbasis.base.components import Card, Embed, FactList
from thuisbasis.base.durations import iso_duration, spoken_duration


class TalkShowPage(RecordedMixin, KnowledgePage):
    """A talk show, from its announcement to its recording, at one address."""

    kind = "talk_show"
    kind_label = _("Talkshow")
    schema_type = "VideoObject"
    parent_page_types = ["knowledge.TalkShowSeriesPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["calendar_uid", "calendar_sequence"]

    starts_at = models.DateTimeField(_("begint"), help_text=_("Op dit moment zegt de pagina vanzelf “nu live”."))
    ends_at = models.DateTimeField(_("eindigt"), help_text=_("Daarna wacht de pagina op de opname."))
    location = models.CharField(_("plaats"), max_length=160, blank=True, help_text=_("Zaal en stad, of “online”."))
    chosen_state = models.CharField(
        _("toestand"),
        max_length=10,
        blank=True,
        choices=TalkShowState.choices,
        help_text=_("Leeg: de pagina volgt de klok. Kies zelf als het uitloopt, niet doorgaat of klaarstaat."),
    )
    cancellation_reason = models.CharField(
        _("waarom afgelast"), max_length=300, blank=True, help_text=_("Eén zin voor wie wilde kijken.")
    )
    live_url = models.URLField(
        _("adres van de live-uitzending"),
        blank=True,
        validators=[validate_video_address],
        help_text=_("YouTube of Vimeo. Er gaat pas iets naar die site als de bezoeker klikt."),
    )
    recording_url = models.URLField(
        _("adres van de opname elders"),
        blank=True,
        validators=[validate_video_address],
        help_text=_("Alleen als we de video niet zelf hebben."),
    )
    captions_excuse = models.CharField(
        _("waarom geen ondertiteling"),
        max_length=300,
        blank=True,
        help_text=_("Alleen invullen als het echt niet kan. Dit staat op de pagina."),
    )
    calendar_uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = PageManager.from_queryset(TalkShowQuerySet)()

    content_panels = [
        *Page.content_panels,
        RemarksPanel(),
        *KnowledgePage.summary_panels,
        MultiFieldPanel(
            [
                FieldPanel("starts_at"),
                FieldPanel("ends_at"),
                FieldPanel("location"),
                FieldPanel("chosen_state"),
                FieldPanel("cancellation_reason"),
                FieldPanel("live_url"),
            ],
            heading=_("Uitzending"),
        ),
        MultiFieldPanel(
            [FieldPanel("recording"), FieldPanel("recording_url"), FieldPanel("captions_excuse")], heading=_("Opname")
        ),
        *RecordedMixin.spoken_panels,
        *KnowledgePage.body_panels,
        *KnowledgePage.people_panels,
    ]

    class Meta:
        verbose_name = _("talkshow")
        verbose_name_plural = _("talkshows")
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="talk_show_ends_later")
        ]

    @property
    def has_recording(self) -> bool:
        """Say whether there is something to watch afterwards."""
        return bool(self.recording_id or self.recording_url)

    def state(self, now: datetime) -> TalkShowState:
        """Return where the show is in its life at this moment."""
        return state_at(
            now,
            chosen=self.chosen_state,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            has_recording=self.has_recording,
        )

    def is_playable(self, now: datetime) -> bool:
        """Say whether readers may play it at this moment: only once it is there to watch."""
        return self.state(now) == TalkShowState.RECORDED and super().is_playable(now)

    def clean(self) -> None:
        """Raise ValidationError for an end before the start, an illegal jump or a state without what it needs."""
        super().clean()
        if not (self.starts_at and self.ends_at):
            return
        if self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("Het einde ligt niet na het begin. Kies een later moment.")})
        self._check_move(timezone.now())
        if self.chosen_state == TalkShowState.CANCELLED and not self.cancellation_reason:
            raise ValidationError({"cancellation_reason": _("Schrijf in één zin waarom de talkshow niet doorgaat.")})
        if self.chosen_state == TalkShowState.RECORDED and not self.has_recording:
            raise ValidationError({"chosen_state": _("Er is nog geen opname om terug te kijken. Voeg die eerst toe.")})

    def _check_move(self, now: datetime) -> None:
        earlier = TalkShowPage.objects.filter(pk=self.pk, live=True).first() if self.pk else None
        if earlier is None:
            return
        before, after = earlier.state(now), self.state(now)
        # Time alone moves a show on, also past states in which nobody looked.
        if self.chosen_state and not may_move(before, after):
            text = _("Deze talkshow is nu “%(before)s” en kan niet in één stap “%(after)s” worden.")
            names = {"before": before.label, "after": after.label}
            raise ValidationError({"chosen_state": text % names})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new time, place or cancellation makes calendars take over the change (RFC 5545, 3.8.7.4)."""
        earlier = TalkShowPage.objects.filter(pk=self.pk).first() if self.pk else None
        if earlier is not None:
            self.calendar_sequence = earlier.calendar_sequence + (self._in_calendar() != earlier._in_calendar())
        super().save(*args, **kwargs)

    def _in_calendar(self) -> tuple[Any, ...]:
        is_cancelled = self.chosen_state == TalkShowState.CANCELLED
        return (self.starts_at, self.ends_at, self.location, self.title, is_cancelled)

    def card(self) -> Card:
        """Return the card, with the day of the show."""
        card = super().card()
        state = self.state(timezone.now())
        card.date = timezone.localdate(self.starts_at)
        if state == TalkShowState.RECORDED and self.recording:
            card.kind = f"{card.kind}, {spoken_duration(self.recording.duration)}"
        elif state in (TalkShowState.LIVE, TalkShowState.CANCELLED):
            card.kind = f"{card.kind}, {state.label}"
        return card

    def remarks(self, children: Children) -> list[Remark]:
        """Return what an editor should know before publishing; `children` are the rows of a form."""
        if not self.has_recording:
            return []
        return self.spoken_remarks(children, excuse=self.captions_excuse)

    def facts(self) -> FactList:
        """Return when and where."""
        duration = spoken_duration(self.recording.duration) if self.recording else ""
        return FactList(facts=[(_("Plaats"), self.location), (_("Duur"), duration)])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the state and what it shows: an invitation, a broadcast or a recording."""
        state = self.state(timezone.now())
        is_recorded = state == TalkShowState.RECORDED
        return {
            **super().get_context(request, *args, **kwargs),
            "state": state.value,
            "player": self.player(request) if is_recorded else None,
            "transcript": self.transcript_text() if is_recorded else None,
            "embed": self._embed(state),
            "calendar_url": reverse("talk_show_calendar", args=[self.translation_key]),
        }

    def _embed(self, state: TalkShowState) -> Embed | None:
        """Return the video from elsewhere that this state shows, behind a click."""
        urls = {TalkShowState.LIVE: self.live_url}
        if not self.recording_id:
            urls[TalkShowState.RECORDED] = self.recording_url
        video = recognise_video(urls.get(state, ""))
        if video is None:
            return None
        provider, player_url = video
        return Embed(
            url=urls[state], title=self.title, provider=provider, player_url=player_url, poster=self.lead_image
        )

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the show as a schema.org VideoObject with its BroadcastEvent."""
        data, now = super().structured_data(request), timezone.now()
        data["name"] = data.pop("headline")
        state = self.state(now)
        data["uploadDate"] = (self.ends_at if state == TalkShowState.RECORDED else self.starts_at).isoformat()
        if self.lead_image:
            poster = self.lead_image.get_rendition("fill-1200x630|format-jpeg")
            data["thumbnailUrl"] = settings.SITE_URL + poster.url
        data["publication"] = self._broadcast(state)
        people = [{"@type": "Person", "name": credit.name} for credit in self.cast().speakers]
        if people:
            data["actor"] = people
        return {**data, **self._recorded_data(state)}

    def _broadcast(self, state: TalkShowState) -> dict[str, Any]:
        event = {
            "@type": "BroadcastEvent",
            "name": self.title,
            "startDate": self.starts_at.isoformat(),
            "endDate": self.ends_at.isoformat(),
        }
        if state == TalkShowState.LIVE:
            event["isLiveBroadcast"] = True
        if state == TalkShowState.CANCELLED:
            event["eventStatus"] = "https://schema.org/EventCancelled"
        return event

    def _recorded_data(self, state: TalkShowState) -> dict[str, Any]:
        video = recognise_video(self.live_url if state == TalkShowState.LIVE else self.recording_url)
        data: dict[str, Any] = {"embedUrl": video[1]} if video and state != TalkShowState.CANCELLED else {}
        if state != TalkShowState.RECORDED or not self.recording:
            return data
        data["contentUrl"] = settings.SITE_URL + self.recording.url
        data["encodingFormat"] = self.recording.media_type
        data["duration"] = iso_duration(self.recording.duration)
        clips = self.clips()
        return {**data, "hasPart": clips} if clips else data


class TalkShowSeriesPage(ListingPage):
    """A series of talk shows."""

    listed_model = TalkShowPage
    max_count_per_parent = None
    parent_page_types = ["knowledge.MediaIndexPage"]
    subpage_types = ["knowledge.TalkShowPage"]
    schema_type = "CreativeWorkSeries"
    kind_label = _("Talkshow")

    podcast = models.ForeignKey(
        "knowledge.PodcastPage",
        verbose_name=_("podcast"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="talk_show_series",
        help_text=_("In de feed van deze podcast staat wanneer een talkshow live is."),
    )

    content_panels = [*ListingPage.content_panels, FieldPanel("podcast")]

    class Meta:
        verbose_name = _("talkshowreeks")
        verbose_name_plural = _("talkshowreeksen")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the show that is on now or comes first."""
        context = super().get_context(request, *args, **kwargs)
        upcoming = self.listed(request).announced(timezone.now()).first()
        return {**context, "upcoming": upcoming, "upcoming_state": upcoming and upcoming.state(timezone.now()).value}
