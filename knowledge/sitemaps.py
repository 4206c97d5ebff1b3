"""The sitemap: every public address once, with when it last changed for a reader and where it is in other languages.

Source of the alternates: Google Search Central, "Tell Google about localized versions of your page".
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.utils.functional import cached_property
from wagtail.models import Page

from knowledge.models import (
    ArticleIndexPage,
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


@dataclass(frozen=True, kw_only=True)
class Place:
    """One address; what says the same in other languages has the same `subject`."""

    url: str
    language: str
    subject: Hashable
    changed: date | None = None


class SiteSitemap(Sitemap, ABC):
    """Places of the site, whose addresses start with the configured address of the site."""

    limit = 5000
    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        """Return the host of SITE_URL; django.contrib.sites is not installed."""
        return urlsplit(settings.SITE_URL).netloc

    @cached_property
    def places(self) -> list[Place]:
        """Return all places, read once for this answer."""
        return list(self.read())

    def items(self) -> list[Place]:
        """Return all places."""
        return self.places

    def location(self, item: Place) -> str:
        """Return the address."""
        return item.url

    def lastmod(self, item: Place) -> date | None:
        """Return the last important change, where it is known."""
        return item.changed

    @abstractmethod
    def read(self) -> Iterator[Place]:
        """Yield the places, in a fixed order."""

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """Return the places with their alternates in other languages."""
        urls: list[dict[str, Any]] = super().get_urls(page, site, protocol)
        by_subject = defaultdict(list)
        for place in self.places:
            by_subject[place.subject].append(place)
        for url in urls:
            url["alternates"] = _alternates(by_subject[url["item"].subject])
        return urls


def _alternates(places: list[Place]) -> list[dict[str, str]]:
    if len(places) < 2:
        return []
    named = [(place.language, place) for place in places]
    named += [("x-default", place) for place in places if place.language == settings.LANGUAGE_CODE]
    return [{"lang_code": code, "location": f"{settings.SITE_URL}{place.url}"} for code, place in named]


class KnowledgeSitemap(SiteSitemap):
    """All public pages with knowledge; aliases say nothing of their own."""

    def read(self) -> Iterator[Place]:
        """Yield the pages with the day of their last important change (no query per page)."""
        pages = KnowledgePage.objects.visible_to(ANONYMOUS).filter(alias_of=None).select_related("locale")
        for page in pages.annotate(changed=Max("change_notes__date")).order_by("pk"):
            published = page.first_published_at
            changed = page.changed or (published.date() if published else None)
            yield _place(page, page.url, page.translation_key, changed)


class SectionSitemap(SiteSitemap):
    """The pages that lead to others: home, lists, themes and elements of frameworks."""

    def read(self) -> Iterator[Place]:
        """Yield them by kind."""
        for page in _sections(Page).type(SECTIONS).order_by("path"):
            yield _place(page, page.url, page.translation_key)
        for index in _sections(ThemeIndexPage):
            for theme in index.themes():
                yield _place(index, index.theme_url(theme), theme.translation_key)
        yield from self._practices()
        yield from self._frameworks()

    def _practices(self) -> Iterator[Place]:
        for directory in _sections(PracticeIndexPage):
            for practice in Practice.objects.shown():
                yield _place(directory, directory.practice_url(practice), ("practice", practice.pk))
            for provider in CareProvider.objects.all():
                yield _place(directory, directory.provider_url(provider), ("provider", provider.pk))

    def _frameworks(self) -> Iterator[Place]:
        pages = FrameworkPage.objects.visible_to(ANONYMOUS).filter(alias_of=None)
        for page in pages.select_related("framework", "locale"):
            for element in page.framework_elements:
                if element.has_page:
                    yield _place(page, page.element_url(element), (page.translation_key, element.pk))
            yield _place(page, f"{page.url}dekking/", (page.translation_key, "coverage"))


def _sections(model: Any) -> Any:
    return model.objects.live().filter(alias_of=None).select_related("locale")


def _place(page: Any, url: str, subject: Hashable, changed: date | None = None) -> Place:
    return Place(url=url, language=page.locale.language_code, subject=subject, changed=changed)


SITEMAPS = {"kennis": KnowledgeSitemap, "overzicht": SectionSitemap}
