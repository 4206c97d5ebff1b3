"""What an event leaves to know: a page with the recording, the text and the slides of one date."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from knowledge.models import KnowledgePage
from knowledge.models.recorded import Children, RecordedMixin
from knowledge.models.recorded_form import RemarksPanel
from knowledge.policies import Remark
from thuisbasis.base.components import FactList
from thuisbasis.base.durations import spoken_duration


class RecapPage(RecordedMixin, KnowledgePage):
    """A look back at one date of an event; it stands on its own, also for who was not there."""

    kind = "recap"
    kind_label = _("Terugblik")
    parent_page_types = ["events.EventPage"]
    subpage_types: list[str] = []

    held_at = models.DateTimeField(_("gehouden op"), help_text=_("Wanneer was de bijeenkomst?"))
    place = models.CharField(_("plaats"), max_length=160, blank=True, help_text=_("Zaal en stad, of “online”."))
    captions_excuse = models.CharField(
        _("waarom geen ondertiteling"),
        max_length=300,
        blank=True,
        help_text=_("Alleen invullen als het echt niet kan. Dit staat op de pagina."),
    )

    content_panels = [
        *Page.content_panels,
        RemarksPanel(),
        *KnowledgePage.summary_panels,
        MultiFieldPanel([FieldPanel("held_at"), FieldPanel("place")], heading=_("Bijeenkomst")),
        MultiFieldPanel([FieldPanel("recording"), FieldPanel("captions_excuse")], heading=_("Opname")),
        *RecordedMixin.spoken_panels,
        *KnowledgePage.body_panels,
        *KnowledgePage.people_panels,
    ]

    class Meta:
        verbose_name = _("terugblik")
        verbose_name_plural = _("terugblikken")

    def clean(self) -> None:
        """Raise ValidationError for a look back at something that is still to come."""
        super().clean()
        if self.held_at and self.held_at > timezone.now():
            raise ValidationError({"held_at": _("Dit moment is nog niet geweest.")})

    def is_playable(self, now: datetime) -> bool:
        """Say whether readers may play it: as soon as there is a recording."""
        return self.recording_id is not None

    def remarks(self, children: Children) -> list[Remark]:
        """Return what an editor should know before publishing; `children` are the rows of a form."""
        return self.spoken_remarks(children, excuse=self.captions_excuse) if self.recording_id else []

    def facts(self) -> FactList:
        """Return when and where it was."""
        duration = spoken_duration(self.recording.duration) if self.recording else ""
        return FactList(facts=[(_("Plaats"), self.place), (_("Duur"), duration)])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the player, the text and what was shown."""
        date = getattr(self, "occurrence", None) if self.pk else None
        return {
            **super().get_context(request, *args, **kwargs),
            "player": self.player(request),
            "transcript": self.transcript_text() if self.recording_id else None,
            "materials": list(date.materials.select_related("document")) if date else [],
        }
