"""Publications: reports, guides and studies to download."""

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page

from knowledge.models.appearance import Role
from knowledge.models.citing import CitableMixin
from knowledge.models.knowledge_page import KnowledgePage
from knowledge.models.listing import ListingPage
from thuisbasis.base.components import FactList


class PublicationPage(CitableMixin, KnowledgePage):
    """A report, guide or study."""

    kind = "publication"
    kind_label = _("Publicatie")
    schema_type = "Report"
    parent_page_types = ["knowledge.PublicationIndexPage"]
    subpage_types: list[str] = []

    authors = models.CharField(
        _("auteurs"),
        max_length=240,
        blank=True,
        help_text=_("Organisaties. Mensen kies je verderop."),
    )
    publisher = models.CharField(_("uitgever"), max_length=160, blank=True, help_text=_("Wie gaf dit uit?"))
    publication_year = models.PositiveSmallIntegerField(
        _("jaar van uitgave"), null=True, blank=True, help_text=_("Het jaar op de voorkant.")
    )

    content_panels = [
        *Page.content_panels,
        *KnowledgePage.summary_panels,
        InlinePanel("downloads", label=_("Bestand"), heading=_("Bestanden")),
        MultiFieldPanel(
            [FieldPanel("authors"), FieldPanel("publisher"), FieldPanel("publication_year")], heading=_("Uitgave")
        ),
        *KnowledgePage.body_panels,
        *KnowledgePage.people_panels,
    ]

    class Meta:
        verbose_name = _("publicatie")
        verbose_name_plural = _("publicaties")

    def cited_author(self) -> str:
        """Return the authors, else the publisher."""
        people = ", ".join(credit.name for credit in self.cast().in_role(Role.AUTHOR))
        return people or self.authors or self.publisher or super().cited_author()

    def cited_year(self) -> str:
        """Return the year on the cover."""
        return str(self.publication_year or super().cited_year())

    def facts(self) -> FactList:
        """Return who made it and when."""
        return FactList(
            facts=[
                (_("Auteurs"), self.authors),
                (_("Uitgever"), self.publisher),
                (_("Jaar"), self.publication_year),
            ]
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the downloads with their documents (one query)."""
        context = super().get_context(request, *args, **kwargs)
        downloads = self.downloads.all()
        if self.pk and not getattr(request, "is_preview", False):
            downloads = downloads.select_related("document")
        return {**context, "downloads": downloads}


class PublicationDownload(Orderable):
    """One file of a publication."""

    page = ParentalKey(PublicationPage, on_delete=models.CASCADE, related_name="downloads")
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL, verbose_name=_("bestand"), on_delete=models.PROTECT, related_name="+"
    )
    label = models.CharField(_("naam"), max_length=120, blank=True, help_text=_("Leeg: de titel van het bestand."))

    panels = [FieldPanel("document"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        verbose_name = _("bestand")
        verbose_name_plural = _("bestanden")


class PublicationIndexPage(ListingPage):
    """All publications."""

    listed_model = PublicationPage
    parent_page_types = ["knowledge.HomePage"]
    subpage_types = ["knowledge.PublicationPage"]

    class Meta:
        verbose_name = _("overzicht publicaties")
