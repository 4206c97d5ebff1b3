"""Finds the page at an address without walking down the whole tree for every visitor."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page

from thuisbasis.network.memory import remembered_for
from thuisbasis.page_store.memory import remembered, site_of

Way = tuple[type[Page], int, list[str]]


class KnownPages:
    """Remembers the site, and which page an address led to: then only that page is read (one query).

    Whether a visitor may see it is asked each time, by the page itself. Source: Wagtail keeps both on the request
    (`Site.find_for_request`, `Page.route_for_request`) and looks there first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Do nothing before the address is resolved."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: Any) -> None:
        """Put site and page on the request, when the address was asked before."""
        if request.resolver_match and request.resolver_match.url_name == "wagtail_serve":
            path = kwargs.get("path", args[0] if args else "")
            site_of(request)
            name = f"page at {request.get_host()} {get_language()} {path}"
            way = remembered(name, lambda: _way_of(request, path))
            if way and not hasattr(request, "_wagtail_route_for_request"):
                _go(request, way)


def _way_of(request: HttpRequest, path: str) -> Way | None:
    """Return the kind of page at a path, its key, and what is left of the path for it; None for no page."""
    found = Page.route_for_request(request, path)
    if found is None:
        return None
    components = [part for part in path.split("/") if part]
    return type(found.page), found.page.pk, components[found.page.depth - 2 :]


def _go(request: Any, way: Way) -> None:
    """Read a page of which the address is known, and let it route what is left; leave a surprise to Wagtail."""
    model, key, rest = way
    page = model._default_manager.select_related(*model.shown_with).filter(pk=key, live=True).first()
    if page is None:
        return
    page.locale = remembered(f"locale {page.locale_id}", lambda: page.locale)
    page._family = remembered_for(request.visitor, f"family of {key}", lambda: page.family(request))
    try:
        request._wagtail_route_for_request = page.route(request, rest)
    except Http404:
        request._wagtail_route_for_request = None
