"""Practice articles: how a practice did it, what came of it and what did not work."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager

from knowledge.models.citing import CitableMixin
from knowledge.models.knowledge_page import KnowledgePage
from knowledge.models.listing import ListingPage, address_query
from knowledge.querysets import ArticleQuerySet, KnowledgeQuerySet
from thuisbasis.base.blocks.text import INLINE_FEATURES
from thuisbasis.base.components import FactList, FilterLink, FilterLinks

LONGEST_LINEAGE = 50


class EvidenceLevel(models.TextChoices):
    """How well it is known that something works, after the levels Movisie uses for interventions."""

    DESCRIBED = "described", _("Goed beschreven")
    FOUNDED = "founded", _("Goed onderbouwd")
    EFFECTIVE = "effective", _("Effectief")


def _rich_text(label: Any, help_text: Any) -> RichTextField:
    return RichTextField(label, blank=True, features=[*INLINE_FEATURES, "ul", "ol"], help_text=help_text)


class PracticeArticlePage(CitableMixin, KnowledgePage):
    """A way of working that practices can learn from."""

    kind = "article"
    kind_label = _("Praktijkvoorbeeld")
    parent_page_types = ["knowledge.ArticleIndexPage"]
    subpage_types: list[str] = []

    start_year = models.PositiveSmallIntegerField(
        _("sinds (jaar)"), null=True, blank=True, help_text=_("Sinds welk jaar wordt zo gewerkt?")
    )
    aim = _rich_text(_("doel"), _("Wat moest er beter worden, en voor wie?"))
    target_group = _rich_text(_("doelgroep"), _("Voor wie is dit, en voor wie niet?"))
    preconditions = _rich_text(_("wat is ervoor nodig"), _("Afspraken, mensen, geld, woningen."))
    results = _rich_text(_("wat het oplevert"), _("Wat is gezien of gemeten? Noem de bron."))
    what_did_not_work = _rich_text(_("wat niet werkte"), _("Het nuttigste deel voor een ander."))
    costs = models.CharField(_("kosten"), max_length=240, blank=True, help_text=_("Ongeveer, met jaar en eenheid."))
    funder = models.CharField(_("financier"), max_length=160, blank=True, help_text=_("Wie betaalt of betaalde dit?"))
    derived_from = models.ForeignKey(
        "self",
        verbose_name=_("gebaseerd op"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="derivatives",
        help_text=_("Het voorbeeld waar dit uit voortkwam. Beide pagina's verwijzen naar elkaar."),
    )
    evidence_level = models.CharField(
        _("bewijskracht"),
        max_length=12,
        choices=EvidenceLevel.choices,
        blank=True,
        help_text=_("Alleen als iemand dit echt heeft beoordeeld."),
    )
    evidence_assessor = models.CharField(
        _("beoordeeld door"), max_length=160, blank=True, help_text=_("Organisatie of commissie.")
    )
    evidence_date = models.DateField(_("beoordeeld op"), null=True, blank=True, help_text=_("Dag van de beoordeling."))
    evidence_expires_date = models.DateField(
        _("geldig tot en met"), null=True, blank=True, help_text=_("Daarna tonen we de beoordeling als verlopen.")
    )

    objects = PageManager.from_queryset(ArticleQuerySet)()

    content_panels = [
        *Page.content_panels,
        *KnowledgePage.summary_panels,
        MultiFieldPanel(
            [
                FieldPanel("start_year"),
                FieldPanel("aim"),
                FieldPanel("target_group"),
            ],
            heading=_("Waarom en voor wie"),
        ),
        *KnowledgePage.body_panels,
        MultiFieldPanel(
            [
                FieldPanel("preconditions"),
                FieldPanel("results"),
                FieldPanel("what_did_not_work"),
                FieldPanel("costs"),
                FieldPanel("funder"),
            ],
            heading=_("Wat een ander wil weten"),
        ),
        MultiFieldPanel(
            [
                PageChooserPanel("derived_from"),
                FieldPanel("evidence_level"),
                FieldPanel("evidence_assessor"),
                FieldPanel("evidence_date"),
                FieldPanel("evidence_expires_date"),
            ],
            heading=_("Herkomst en bewijs"),
        ),
        *KnowledgePage.people_panels,
    ]

    class Meta:
        verbose_name = _("praktijkvoorbeeld")
        verbose_name_plural = _("praktijkvoorbeelden")

    def clean(self) -> None:
        """Raise ValidationError for a circular lineage or an assessment without assessor or date."""
        super().clean()
        if self._descends_from_itself():
            raise ValidationError(
                {"derived_from": _("Dat voorbeeld komt zelf uit dit voorbeeld voort. Kies een ander, of niets.")}
            )
        if self.evidence_level and not (self.evidence_assessor and self.evidence_date):
            raise ValidationError({"evidence_level": _("Vul ook in wie dit beoordeelde en wanneer.")})

    def _descends_from_itself(self) -> bool:
        ancestor = self.derived_from
        for _step in range(LONGEST_LINEAGE):
            if ancestor is None:
                return False
            if ancestor.pk == self.pk and self.pk is not None:
                return True
            ancestor = ancestor.derived_from
        return True

    def evidence_has_expired(self, today: date) -> bool:
        """Say whether the assessment is no longer valid on this day."""
        return self.evidence_expires_date is not None and self.evidence_expires_date < today

    def facts(self) -> FactList:
        """Return since when, where and at what price."""
        return FactList(
            facts=[
                (_("Sinds"), self.start_year),
                (_("Praktijk"), self.practice),
                (_("Kosten"), self.costs),
                (_("Financier"), self.funder),
            ]
        )

    def around(self, request: HttpRequest) -> dict[str, Any]:
        """Add the lineage, as far as this visitor may see it, and the state of the evidence."""
        visible = PracticeArticlePage.objects.visible_to(request.visitor)
        related = list(visible.filter(models.Q(derived_from=self.pk) | models.Q(pk=self.derived_from_id)))
        return {
            **super().around(request),
            "origin": next((page for page in related if page.pk == self.derived_from_id), None),
            "derivatives": [page for page in related if page.derived_from_id == self.pk],
            "evidence_has_expired": self.evidence_has_expired(timezone.localdate()),
        }


class ArticleIndexPage(ListingPage):
    """All practice articles."""

    listed_model = PracticeArticlePage
    narrowed_by = (*ListingPage.narrowed_by, "bewijs")
    parent_page_types = ["knowledge.HomePage"]
    subpage_types = ["knowledge.PracticeArticlePage"]

    class Meta:
        verbose_name = _("overzicht praktijkvoorbeelden")

    def filtered(self, listed: KnowledgeQuerySet, wishes: dict[str, str]) -> KnowledgeQuerySet:
        """Narrow to the theme and the level of evidence that are asked."""
        listed, level = super().filtered(listed, wishes), wishes["bewijs"]
        return listed.with_evidence(level, timezone.localdate()) if level in EvidenceLevel.values else listed

    def filters(self, request: HttpRequest) -> list[FilterLinks]:
        """Offer the themes and the levels of evidence."""
        chosen = request.GET.get("bewijs", "")
        others = address_query(request, without="bewijs")
        links = [FilterLink(label=str(_("Alles")), query=others, is_selected=not chosen)]
        links += [
            FilterLink(label=str(label), query={**others, "bewijs": value}, is_selected=value == chosen)
            for value, label in EvidenceLevel.choices
        ]
        return [*super().filters(request), FilterLinks(label=str(_("Bewijskracht")), links=links)]
