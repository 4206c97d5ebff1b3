"""Projects: who does what, with whose money, from when till when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page

from knowledge.models.campaign import CampaignPage
from knowledge.models.knowledge_page import KnowledgePage
from knowledge.models.listing import ListingPage
from thuisbasis.base.components import FactList, ProgressBar


@dataclass(frozen=True)
class RunningTime:
    """How far a project is: whole percents of its days, 0 before it starts and 100 after it ends."""

    percent: int
    has_started: bool

    def as_text(self) -> str:
        """Return the same in words."""
        if not self.has_started:
            return gettext("Dit project moet nog beginnen.")
        if self.percent == 100:
            return gettext("Dit project is afgerond.")
        return gettext("%(percent)d procent van de looptijd is voorbij.") % {"percent": self.percent}


class ProjectPage(KnowledgePage):
    """A project; everything but its name and summary may be unknown."""

    kind = "project"
    kind_label = _("Project")
    schema_type = "ResearchProject"
    parent_page_types = ["knowledge.ProjectIndexPage"]
    subpage_types: list[str] = []

    number = models.CharField(
        _("projectnummer"), max_length=40, blank=True, help_text=_("Het nummer van de financier.")
    )
    start_date = models.DateField(
        _("begint op"), null=True, blank=True, help_text=_("Alleen het jaar bekend? Kies 1 januari.")
    )
    end_date = models.DateField(
        _("eindigt op"), null=True, blank=True, help_text=_("Alleen het jaar bekend? Kies 31 december.")
    )
    funder = models.CharField(_("financier"), max_length=160, blank=True, help_text=_("Wie betaalt het project?"))
    budget = models.CharField(
        _("bedrag"), max_length=80, blank=True, help_text=_("Met valuta, bijvoorbeeld: 52.000 euro.")
    )
    programme = models.CharField(
        _("programma"), max_length=160, blank=True, help_text=_("Het programma van de financier.")
    )
    grant_round = models.CharField(
        _("subsidieronde"), max_length=160, blank=True, help_text=_("De ronde binnen het programma.")
    )
    lead = models.CharField(_("projectleider"), max_length=160, blank=True, help_text=_("Naam, met toestemming."))
    lead_organisation = models.CharField(
        _("verantwoordelijke organisatie"), max_length=160, blank=True, help_text=_("Wie is penvoerder?")
    )
    campaign = models.ForeignKey(
        "knowledge.CampaignPage",
        verbose_name=_("campagne"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="projects",
        help_text=_("De campagne waar dit project aan bijdroeg."),
    )

    content_panels = [
        *Page.content_panels,
        *KnowledgePage.summary_panels,
        *KnowledgePage.body_panels,
        MultiFieldPanel(
            [
                FieldPanel("number"),
                FieldPanel("start_date"),
                FieldPanel("end_date"),
                FieldPanel("funder"),
                FieldPanel("budget"),
                FieldPanel("programme"),
                FieldPanel("grant_round"),
                FieldPanel("lead"),
                FieldPanel("lead_organisation"),
            ],
            heading=_("Kenmerken"),
        ),
        InlinePanel("partners", label=_("Partner"), heading=_("Partners")),
        InlinePanel("reports", label=_("Verslag"), heading=_("Verslagen")),
        FieldPanel("campaign"),
        *KnowledgePage.people_panels,
    ]

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projecten")

    def clean(self) -> None:
        """Raise ValidationError when the project ends before it starts."""
        super().clean()
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValidationError({"end_date": _("Het einde ligt voor het begin. Kies een latere dag.")})

    def running_time(self, today: date) -> RunningTime | None:
        """Return how far the project is on this day; None without both dates."""
        if not (self.start_date and self.end_date):
            return None
        length = (self.end_date - self.start_date).days + 1
        elapsed = (today - self.start_date).days + (1 if today > self.end_date else 0)
        percent = max(0, min(100, 100 * elapsed // length))
        return RunningTime(percent=percent, has_started=today >= self.start_date)

    @property
    def period(self) -> str:
        """Return the years it runs, such as "2020 – 2022"."""
        years = [str(day.year) for day in (self.start_date, self.end_date) if day]
        return " – ".join(dict.fromkeys(years))

    def facts(self) -> FactList:
        """Return what is known about the project."""
        return FactList(
            facts=[
                (_("Looptijd"), self.period),
                (_("Projectnummer"), self.number),
                (_("Financier"), self.funder),
                (_("Bedrag"), self.budget),
                (_("Programma"), self.programme),
                (_("Subsidieronde"), self.grant_round),
                (_("Projectleider"), self.lead),
                (_("Verantwoordelijke organisatie"), self.lead_organisation),
            ]
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the facts, the running time, partners and reports."""
        context = super().get_context(request, *args, **kwargs)
        running = self.running_time(timezone.localdate())
        bar = running and ProgressBar(label=gettext("Looptijd"), percent=running.percent, text=running.as_text())
        return {
            **context,
            "running_time": bar,
            "partners": list(self.partners.all()),
            "reports": list(self.reports.all()),
            "campaign": self._visible_campaign(request),
        }

    def _visible_campaign(self, request: HttpRequest) -> Any:
        """Return the campaign, when there is one that this visitor may see."""
        if not self.campaign_id:
            return None
        visitor = request.visitor
        return CampaignPage.objects.visible_to(visitor).filter(pk=self.campaign_id).first()


class ProjectPartner(Orderable):
    """An organisation that takes part."""

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(_("organisatie"), max_length=160)

    panels = [FieldPanel("name")]

    class Meta(Orderable.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")


class ProjectReport(Orderable):
    """What a project delivered: a publication here or a document elsewhere."""

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="reports")
    title = models.CharField(_("titel"), max_length=200)
    url = models.URLField(_("adres"), blank=True)
    year = models.PositiveSmallIntegerField(_("jaar"), null=True, blank=True)

    panels = [FieldPanel("title"), FieldPanel("url"), FieldPanel("year")]

    class Meta(Orderable.Meta):
        verbose_name = _("verslag")
        verbose_name_plural = _("verslagen")


class ProjectIndexPage(ListingPage):
    """All projects."""

    listed_model = ProjectPage
    parent_page_types = ["knowledge.HomePage"]
    subpage_types = ["knowledge.ProjectPage"]

    class Meta:
        verbose_name = _("overzicht projecten")
