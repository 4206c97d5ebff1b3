"""The page with search results."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from thuisbasis.base.components import FilterLink, FilterLinks, Pagination, SearchForm
from thuisbasis.search.services import SearchResults, search


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Search and show; everything is in the address, so that a search can be shared."""
    number = request.GET.get("pagina", "1")
    results = search(
        text=request.GET.get("q", ""),
        visitor=request.visitor,  # type: ignore[attr-defined] # set by VisitorMiddleware
        kind=request.GET.get("soort", ""),
        page=int(number) if number.isdecimal() and len(number) < 6 else 1,
    )
    return render(request, "search/results.html", _context(request, results))


def _context(request: HttpRequest, results: SearchResults) -> dict[str, Any]:
    everything = FilterLink(
        label=_("Alles"),
        query={"q": results.text},
        count=sum(kind.count for kind in results.kinds),
        is_selected=not any(kind.is_selected for kind in results.kinds),
    )
    kinds = [
        FilterLink(
            label=kind.label,
            query={"q": results.text, "soort": kind.kind},
            count=kind.count,
            is_selected=kind.is_selected,
        )
        for kind in results.kinds
    ]
    return {
        "results": results,
        "search_form": SearchForm(text=results.text, is_large=True),
        "filters": FilterLinks(label=_("Soort"), links=[everything, *kinds]),
        "pagination": Pagination(page=results.page, page_count=results.page_count, query=_without_page(request)),
    }


def _without_page(request: HttpRequest) -> dict[str, str]:
    return {key: request.GET[key] for key in ("q", "soort") if request.GET.get(key)}
