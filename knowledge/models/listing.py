"""A page that lists the pages under it, a page at a time."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from knowledge.models.knowledge_page import KnowledgePage
from knowledge.models.section import SectionPage
from knowledge.querysets import KnowledgeQuerySet, page_number
from thuisbasis.base.components import CardList, FilterLink, FilterLinks, Pagination
from thuisbasis.network.models import Theme

PAGE_SIZE = 12


def address_query(request: HttpRequest, *, without: str = "") -> dict[str, str]:
    """Return what the address asks for, without the page number and one more name."""
    return {key: str(value) for key, value in request.GET.items() if key not in ("pagina", without)}


class ListingPage(SectionPage):
    """Lists one kind of page, newest first, filtered by what stands in the address."""

    listed_model: ClassVar[type[KnowledgePage]]

    class Meta:
        abstract = True

    def listed(self, request: HttpRequest) -> KnowledgeQuerySet:
        """Return what this visitor may see of the pages under this one, before filters."""
        return self.listed_model.objects.child_of(self).visible_to(request.visitor)

    def filtered(self, listed: KnowledgeQuerySet, request: HttpRequest) -> KnowledgeQuerySet:
        """Narrow to the theme in the address."""
        theme = request.GET.get("thema", "")
        return listed.filter(themes__slug=theme) if theme else listed

    def filters(self, request: HttpRequest) -> list[FilterLinks]:
        """Return the filters that this list offers."""
        chosen = request.GET.get("thema", "")
        others = address_query(request, without="thema")
        links = [FilterLink(label=_("Alle thema's"), query=others, is_selected=not chosen)]
        links += [
            FilterLink(label=theme.name, query={**others, "thema": theme.slug}, is_selected=theme.slug == chosen)
            for theme in Theme.objects.filter(locale=self.locale)
        ]
        return [FilterLinks(label=_("Thema"), links=links)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one page of cards, the filters and the way to the next page."""
        context = super().get_context(request, *args, **kwargs)
        pages = self.filtered(self.listed(request), request).newest_first().for_cards()
        paginator = Paginator(pages, PAGE_SIZE)
        page = paginator.get_page(page_number(request.GET.get("pagina")))
        return {
            **context,
            "total": paginator.count,
            "filters": self.filters(request),
            "card_list": CardList(cards=[item.card() for item in page]),
            "pagination": Pagination.of(page, address_query(request)),
        }
