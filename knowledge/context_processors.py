"""The menus, which editors fill by marking pages "show in menus"."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page, Site

from thuisbasis.base.components import Link
from thuisbasis.network.models import Audience


@dataclass(frozen=True, kw_only=True)
class MenuItem:
    """A menu link that knows whether the reader is in its section."""

    link: Link
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Menus:
    """The main menu, and the footer with the public pages that are not in it."""

    main: list[MenuItem]
    footer: list[Link]


def menus(request: HttpRequest) -> dict[str, Any]:
    """Return the menus, read at first use (one query)."""
    return {"menus": SimpleLazyObject(lambda: _read_menus(request))}


def _home_page(request: HttpRequest) -> Page | None:
    """Return the home page in the language of the request, for addresses that are not pages."""
    site = Site.find_for_request(request)
    return site.root_page.localized if site else None


def _read_menus(request: HttpRequest) -> Menus:
    home = getattr(request, "home_page", None) or _home_page(request)
    if home is None:
        return Menus(main=[], footer=[])
    is_public = Q(knowledgepage__isnull=True) | Q(knowledgepage__audience=Audience.PUBLIC)
    pages = Page.objects.child_of(home).live().filter(is_public).order_by("path")
    main, footer = [], []
    for page in pages:
        link = Link(label=page.title, url=page.get_url(request))
        if page.show_in_menus:
            main.append(MenuItem(link=link, is_current=request.path.startswith(link.url)))
        else:
            footer.append(link)
    return Menus(main=main, footer=footer)
