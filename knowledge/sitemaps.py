"""The sitemap: every public address once, with when it last changed for a reader and where it is in other languages.

Sources: sitemaps.org, protocol 0.9; Google Search Central, "Tell Google about localized versions of your page".
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from wagtail.models import Page

from knowledge.models import (
    ArticleIndexPage,
    ChangeNote,
    FrameworkPage,
    HomePage,
    KnowledgePage,
    MediaIndexPage,
    PodcastPage,
    PracticeIndexPage,
    ProjectIndexPage,
    PublicationIndexPage,
    TalkShowSeriesPage,
    ThemeIndexPage,
)
from thuisbasis.network.models import CareProvider, Practice
from thuisbasis.network.policies import ANONYMOUS

SECTIONS = (
    HomePage,
    ArticleIndexPage,
    PublicationIndexPage,
    ProjectIndexPage,
    PracticeIndexPage,
    ThemeIndexPage,
    MediaIndexPage,
    PodcastPage,
    TalkShowSeriesPage,
)
# More are not allowed in one list.
MOST_PLACES = 50_000


class Place(NamedTuple):
    """One address; what says the same in other languages has the same `subject`."""

    url: str
    language: str
    subject: Hashable
    changed: date | None = None


def sitemap(request: HttpRequest) -> HttpResponse:
    """Answer with every public address; the list itself is nothing to find."""
    places = list(chain(_knowledge(), _lists(), _practices(), _frameworks()))[:MOST_PLACES]
    headers = {"X-Robots-Tag": "noindex, noodp, noarchive"}
    return HttpResponse("".join(_written(places)), content_type="application/xml; charset=utf-8", headers=headers)


def _written(places: list[Place]) -> Iterator[str]:
    by_subject = defaultdict(list)
    for place in places:
        by_subject[place.subject].append(place)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    for place in places:
        changed = f"<lastmod>{place.changed.isoformat()}</lastmod>" if place.changed else ""
        yield f"<url><loc>{_address(place)}</loc>{changed}{_alternates(by_subject[place.subject])}</url>\n"
    yield "</urlset>\n"


def _address(place: Place) -> str:
    return escape(f"{settings.SITE_URL}{place.url}")


def _alternates(places: list[Place]) -> str:
    if len(places) < 2:
        return ""
    named = [(place.language, place) for place in places]
    named += [("x-default", place) for place in places if place.language == settings.LANGUAGE_CODE]
    return "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href="{_address(place)}"/>' for code, place in named)


def _knowledge() -> Iterator[Place]:
    """Yield all public pages with knowledge, with the day of their last important change.

    Aliases say nothing of their own. Made from columns alone: ten thousand pages as objects take seconds.
    """
    homes = _sections(HomePage)
    changes = dict(ChangeNote.objects.order_by().values_list("page").annotate(Max("date")))
    pages = KnowledgePage.objects.visible_to(ANONYMOUS).filter(alias_of=None).order_by("pk")
    columns = ("pk", "locale_id", "url_path", "translation_key", "first_published_at")
    starts = {home.locale_id: (home.url_path, home.url, home.locale.language_code) for home in homes}
    for key, locale_key, path, subject, published in pages.values_list(*columns):
        start, url, language = starts.get(locale_key, ("", "", ""))
        if start and path.startswith(start):
            changed = changes.get(key) or (published.date() if published else None)
            yield Place(url + path[len(start) :], language, subject, changed)


def _lists() -> Iterator[Place]:
    """Yield the pages that lead to others, and themes."""
    for page in _sections(Page).type(SECTIONS).order_by("path"):
        yield _place(page, page.url, page.translation_key)
    for index in _sections(ThemeIndexPage):
        for theme in index.themes():
            yield _place(index, index.theme_url(theme), theme.translation_key)


def _practices() -> Iterator[Place]:
    for directory in _sections(PracticeIndexPage):
        for practice in Practice.objects.shown():
            yield _place(directory, directory.practice_url(practice), ("practice", practice.pk))
        for provider in CareProvider.objects.all():
            yield _place(directory, directory.provider_url(provider), ("provider", provider.pk))


def _frameworks() -> Iterator[Place]:
    pages = FrameworkPage.objects.visible_to(ANONYMOUS).filter(alias_of=None)
    for page in pages.select_related("framework", "locale"):
        for element in page.framework_elements:
            if element.has_page:
                yield _place(page, page.element_url(element), (page.translation_key, element.pk))
        yield _place(page, f"{page.url}dekking/", (page.translation_key, "coverage"))


def _sections(model: Any) -> Any:
    return model.objects.live().filter(alias_of=None).select_related("locale")


def _place(page: Any, url: str, subject: Hashable) -> Place:
    return Place(url, page.locale.language_code, subject)
