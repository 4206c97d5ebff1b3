"""The blocks of our pages: those of any text, and those that know other pages."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from thuisbasis.base.blocks import PlainBodyBlock
from thuisbasis.network.policies import ANONYMOUS
from thuisbasis.network.querysets import audience_filter


class RelatedBlock(blocks.StructBlock):
    """Links to pages of this site that go on where the text stops, as far as the visitor may see them."""

    pages = blocks.ListBlock(blocks.PageChooserBlock(), label=_("Pagina's"), min_num=1)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the pages that this visitor may see, in the editor's order (one query)."""
        context = super().get_context(value, parent_context=parent_context)
        visitor = getattr((parent_context or {}).get("request"), "visitor", ANONYMOUS)
        keys = [page.pk for page in value["pages"] if page]
        is_visible = Q(knowledgepage__isnull=True) | audience_filter(visitor, prefix="knowledgepage__")
        found = Page.objects.filter(pk__in=keys).live().filter(is_visible).in_bulk() if keys else {}
        return {**context, "pages": [found[key] for key in keys if key in found]}

    class Meta:
        icon = "link"
        label = _("Lees ook")
        description = _("Verwijzingen naar andere pagina's van deze site.")
        template = "blocks/related.html"
        preview_value: dict[str, Any] = {"pages": []}


class BodyBlock(PlainBodyBlock):
    """All blocks of a page's text."""

    related = RelatedBlock(group=_("Verder"))
