"""Plain pages: about us, accessibility, privacy."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from knowledge.models.knowledge_page import KnowledgePage


class ContentPage(KnowledgePage):
    """A page that is just text."""

    kind = "page"
    kind_label = _("Pagina")
    schema_type = "WebPage"
    parent_page_types = ["knowledge.HomePage"]
    subpage_types: list[str] = []

    content_panels = [
        *Page.content_panels,
        *KnowledgePage.summary_panels,
        *KnowledgePage.body_panels,
        *KnowledgePage.people_panels,
    ]

    class Meta:
        verbose_name = _("gewone pagina")
        verbose_name_plural = _("gewone pagina's")
