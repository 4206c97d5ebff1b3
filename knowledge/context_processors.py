"""The menus, which editors fill by marking pages "show in menus", and the languages of what is not a page."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page, Site

from thuisbasis.base.components import LanguageChoice, Languages, Link
from thuisbasis.network.models import Audience
from thuisbasis.page_store.memory import remembered, site_of


@dataclass(frozen=True, kw_only=True)
class MenuItem:
    """A menu link that knows whether the reader is in its section."""

    link: Link
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Menus:
    """The main menu, and the footer with the public pages that are not in it; `home_url` is the front door."""

    home_url: str
    main: list[MenuItem]
    footer: list[Link]


def menus(request: HttpRequest) -> dict[str, Any]:
    """Return the menus, read at first use (one query)."""
    return {"menus": SimpleLazyObject(lambda: _read_menus(request))}


def languages(request: HttpRequest) -> dict[str, Any]:
    """Return the way to other languages from what is not a page; pages bring their own."""
    return {"languages": SimpleLazyObject(lambda: _read_languages(request))}


def _home_pages(request: Any) -> dict[str, Page]:
    """Return the published home pages by language, for addresses that are not pages (one query)."""
    if not hasattr(request, "home_pages"):
        site = site_of(request)
        request.home_pages = remembered(f"home pages of {site.pk}", lambda: _homes_of(site)) if site else {}
    found: dict[str, Page] = request.home_pages
    return found


def _homes_of(site: Site) -> dict[str, Page]:
    root = Page.objects.filter(pk=site.root_page_id)
    homes = Page.objects.live().filter(translation_key__in=root.values("translation_key"))
    return {home.locale.language_code: home for home in homes.select_related("locale")}


def _read_languages(request: HttpRequest) -> Languages:
    choices = [
        LanguageChoice(
            code=code,
            name=get_language_info(code)["name_local"].capitalize(),
            url=_address_in(request, code) or home.get_url(request),
            is_current=code == get_language(),
        )
        for code, home in ((code, _home_pages(request).get(code)) for code, _name in settings.LANGUAGES)
        if home is not None
    ]
    return Languages(choices=choices, alternates=[])


def _address_in(request: HttpRequest, code: str) -> str:
    """Return this address in another language; "" for what was not found or is not there in languages."""
    match = request.resolver_match
    if match is None or match.url_name == "wagtail_serve":
        return ""
    url = translate_url(request.get_full_path(), code)
    return url if url != request.get_full_path() or code == get_language() else ""


def _read_menus(request: HttpRequest) -> Menus:
    home = getattr(request, "home_page", None)
    if home is None:
        homes = _home_pages(request)
        home = homes.get(get_language() or "") or homes.get(settings.LANGUAGE_CODE)
    if home is None:
        return Menus(home_url="/", main=[], footer=[])
    site = site_of(request)
    found = remembered(f"menus of {home.pk} on {site and site.pk}", lambda: _links_under(home, request))
    main = [
        MenuItem(link=link, is_current=request.path.startswith(link.url)) for link, is_in_menu in found if is_in_menu
    ]
    footer = [link for link, is_in_menu in found if not is_in_menu]
    return Menus(home_url=home.get_url(request) or "/", main=main, footer=footer)


def _links_under(home: Page, request: HttpRequest) -> list[tuple[Link, bool]]:
    """Return the public pages under a home page, and whether each belongs in the menu (one query)."""
    is_public = Q(knowledgepage__isnull=True) | Q(knowledgepage__audience=Audience.PUBLIC)
    pages = Page.objects.child_of(home).live().filter(is_public).order_by("path")
    return [(Link(label=page.title, url=page.get_url(request)), page.show_in_menus) for page in pages]
