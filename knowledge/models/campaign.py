"""Campaigns: a period with a theme for each month."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page, PageManager

from knowledge.models.episode import EpisodePage
from knowledge.models.knowledge_page import KnowledgePage
from knowledge.models.publication import PublicationPage
from knowledge.models.talk_show import TalkShowPage
from knowledge.querysets import CampaignQuerySet, KnowledgeQuerySet
from knowledge.signals import AgendaAsk, agenda_items
from thuisbasis.base.components import Card

# What a month of a campaign is made of, in the order in which it is shown.
MONTHLY_KINDS = (TalkShowPage, EpisodePage, PublicationPage)
MOST_IN_A_MONTH = 12


@dataclass(frozen=True, kw_only=True)
class MonthOnTimeline:
    """A month with its theme and what belongs to it; `more_count` tells how much is not shown."""

    month: "CampaignMonth"
    cards: list[Card]
    more_count: int


def month_of(page: Any) -> date:
    """Return the first day of the month in which a page of `in_period` belongs."""
    day = page.campaign_month or timezone.localdate(page.happens_at)
    return day.replace(day=1)


class CampaignPage(KnowledgePage):
    """A campaign; whether it is coming, running or over follows from the day."""

    kind = "campaign"
    kind_label = _("Campagne")
    schema_type = "EventSeries"
    parent_page_types = ["knowledge.HomePage"]
    subpage_types: list[str] = []

    start_date = models.DateField(_("begint op"), help_text=_("Eerste dag van de campagne."))
    end_date = models.DateField(_("eindigt op"), help_text=_("Laatste dag van de campagne."))

    objects = PageManager.from_queryset(CampaignQuerySet)()

    content_panels = [
        *Page.content_panels,
        *KnowledgePage.summary_panels,
        MultiFieldPanel([FieldPanel("start_date"), FieldPanel("end_date")], heading=_("Periode")),
        InlinePanel("months", label=_("Maand"), heading=_("Maanden")),
        *KnowledgePage.body_panels,
        *KnowledgePage.people_panels,
    ]

    class Meta:
        verbose_name = _("campagne")
        verbose_name_plural = _("campagnes")

    def clean(self) -> None:
        """Raise ValidationError when the campaign ends before it starts."""
        super().clean()
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValidationError({"end_date": _("Het einde ligt voor het begin. Kies een latere dag.")})

    def tense(self, today: date) -> str:
        """Return "future", "present" or "past": how the text speaks of the campaign."""
        if today < self.start_date:
            return "future"
        return "present" if today <= self.end_date else "past"

    def pages_of(self, pages: KnowledgeQuerySet) -> KnowledgeQuerySet:
        """Keep the talk shows, episodes and publications that belong to the campaign."""
        return pages.filter(locale=self.locale).type(MONTHLY_KINDS).in_period(self.start_date, self.end_date)

    def timeline(self, visitor: Any) -> list[MonthOnTimeline]:
        """Return each month with what this visitor may see of it, gathered from the content itself."""
        pages = list(self.pages_of(KnowledgePage.objects.visible_to(visitor)).prefetch_related("lead_image").specific())
        models.prefetch_related_objects([page for page in pages if hasattr(page, "recording_id")], "recording")
        by_month = defaultdict(list)
        for kind in MONTHLY_KINDS:
            for page in pages:
                if isinstance(page, kind):
                    by_month[month_of(page)].append(page.card())
        for item in agenda_items(AgendaAsk(visitor=visitor, first=self.start_date, last=self.end_date)):
            by_month[item.day.replace(day=1)].append(item.card)
        months = sorted(self.months.all(), key=lambda month: month.month)
        return [
            MonthOnTimeline(month=month, cards=cards[:MOST_IN_A_MONTH], more_count=max(0, len(cards) - MOST_IN_A_MONTH))
            for month in months
            for cards in [by_month[month.month.replace(day=1)]]
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the months, the tense and the projects that belong to it."""
        context = super().get_context(request, *args, **kwargs)
        visitor = request.visitor
        projects = self.projects.visible_to(visitor).for_cards() if self.pk else []
        return {
            **context,
            "timeline": self.timeline(visitor),
            "tense": self.tense(timezone.localdate()),
            "project_cards": [project.card() for project in projects],
        }

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the campaign as a schema.org EventSeries."""
        data = super().structured_data(request)
        data["name"] = data.pop("headline")
        for unknown in ("datePublished", "dateModified", "publisher"):
            data.pop(unknown, None)
        return {**data, "startDate": self.start_date.isoformat(), "endDate": self.end_date.isoformat()}


class CampaignMonth(Orderable):
    """One month of a campaign with its own theme."""

    page = ParentalKey(CampaignPage, on_delete=models.CASCADE, related_name="months")
    month = models.DateField(_("maand"), help_text=_("Kies de eerste dag van de maand."))
    title = models.CharField(_("thema van de maand"), max_length=120)
    description = models.TextField(_("omschrijving"), blank=True)

    panels = [FieldPanel("month"), FieldPanel("title"), FieldPanel("description")]

    class Meta(Orderable.Meta):
        verbose_name = _("maand")
        verbose_name_plural = _("maanden")
