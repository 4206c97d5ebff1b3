"""A page that lists the pages under it, a page at a time."""

from typing import Any, ClassVar

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from knowledge.models.knowledge_page import KnowledgePage
from knowledge.models.section import SectionPage
from knowledge.querysets import KnowledgeQuerySet, page_number
from thuisbasis.base.components import CardList, FilterLink, FilterLinks, Pagination
from thuisbasis.network.memory import remembered_for
from thuisbasis.network.models import Theme
from thuisbasis.page_store.memory import remembered

PAGE_SIZE = 12


def address_query(request: HttpRequest, *, without: str = "") -> dict[str, str]:
    """Return what the address asks for, without the page number and one more name."""
    return {key: str(value) for key, value in request.GET.items() if key not in ("pagina", without)}


class ListingPage(SectionPage):
    """Lists one kind of page, newest first, filtered by what stands in the address."""

    listed_model: ClassVar[type[KnowledgePage]]
    # What an address may ask to narrow the list by: `filtered` learns of nothing else.
    narrowed_by: ClassVar[tuple[str, ...]] = ("thema",)

    class Meta:
        abstract = True

    def listed(self, request: HttpRequest) -> KnowledgeQuerySet:
        """Return what this visitor may see of the pages under this one, before filters."""
        return self.listed_model.objects.child_of(self).visible_to(request.visitor)

    def filtered(self, listed: KnowledgeQuerySet, wishes: dict[str, str]) -> KnowledgeQuerySet:
        """Narrow to the theme that is asked."""
        return listed.filter(themes__slug=wishes["thema"]) if wishes["thema"] else listed

    def filters(self, request: HttpRequest) -> list[FilterLinks]:
        """Return the filters that this list offers."""
        chosen = request.GET.get("thema", "")
        others = address_query(request, without="thema")
        links = [FilterLink(label=_("Alle thema's"), query=others, is_selected=not chosen)]
        links += [
            FilterLink(label=theme.name, query={**others, "thema": theme.slug}, is_selected=theme.slug == chosen)
            for theme in remembered(
                f"themes in {self.locale_id}", lambda: list(Theme.objects.filter(locale=self.locale))
            )
        ]
        return [FilterLinks(label=_("Thema"), links=links)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one page of cards, the filters and the way to the next page."""
        context = super().get_context(request, *args, **kwargs)
        wishes = {name: request.GET.get(name, "") for name in self.narrowed_by}
        number = page_number(request.GET.get("pagina"))
        if number > 1 or any(wishes.values()):
            page, cards = self._page(request, wishes, number)
        else:
            name = f"first page of {self.pk}"
            page, cards = remembered_for(request.visitor, name, lambda: self._page(request, wishes, 1))
        return {
            **context,
            "total": page.paginator.count,
            "filters": self.filters(request),
            "card_list": cards,
            "pagination": Pagination.of(page, address_query(request)),
        }

    def _page(self, request: HttpRequest, wishes: dict[str, str], number: int) -> tuple[Page, CardList]:
        pages = self.filtered(self.listed(request), wishes).newest_first().for_cards()
        page = Paginator(pages, PAGE_SIZE).get_page(number)
        return page, CardList(cards=[item.card() for item in page])
