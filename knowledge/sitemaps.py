"""The sitemap: every public address once, with when it last changed for a reader."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max
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


class SiteSitemap(Sitemap):
    """A sitemap whose addresses start with the configured address of the site."""

    limit = 5000
    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        """Return the host of SITE_URL; django.contrib.sites is not installed."""
        return urlsplit(settings.SITE_URL).netloc


class KnowledgeSitemap(SiteSitemap):
    """All public pages with knowledge."""

    def items(self) -> Any:
        """Return the pages with the day of their last important change (no query per page)."""
        return KnowledgePage.objects.visible_to(ANONYMOUS).annotate(changed=Max("change_notes__date")).order_by("pk")

    def location(self, item: KnowledgePage) -> str:
        """Return the page's address."""
        return item.url

    def lastmod(self, item: Any) -> date | None:
        """Return the last important change, or else the first publication."""
        published = item.first_published_at
        return item.changed or (published.date() if published else None)


class SectionSitemap(SiteSitemap):
    """The pages that lead to others: home, lists, themes and elements of frameworks."""

    def items(self) -> list[str]:
        """Return their addresses."""
        sections = Page.objects.live().type(SECTIONS).order_by("path")
        addresses = [page.url for page in sections]
        for index in ThemeIndexPage.objects.live():
            addresses += [index.theme_url(theme) for theme in index.themes()]
        for directory in PracticeIndexPage.objects.live():
            addresses += [directory.practice_url(practice) for practice in Practice.objects.shown()]
            addresses += [directory.provider_url(provider) for provider in CareProvider.objects.all()]
        for page in FrameworkPage.objects.visible_to(ANONYMOUS).select_related("framework"):
            elements = [element for element in page.framework_elements if element.has_page]
            addresses += [page.element_url(element) for element in elements]
            addresses.append(f"{page.url}dekking/")
        return addresses

    def location(self, item: str) -> str:
        """Return the address as it is."""
        return item


SITEMAPS = {"kennis": KnowledgeSitemap, "overzicht": SectionSitemap}
