"""Sections of the site: pages that lead to others and are always public."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from thuisbasis.base.models import BasePage


class SectionPage(BasePage):
    """A page directly under the home page that lists other things."""

    intro = models.TextField(_("inleiding"), blank=True, help_text=_("Eén of twee zinnen: wat vindt een lezer hier?"))

    always_public = True
    max_count_per_parent: int | None = 1
    schema_type = "CollectionPage"

    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        abstract = True

    @property
    def plain_summary(self) -> str:
        """Return the editor's meta description, or else the introduction."""
        return str(self.search_description or self.intro)
