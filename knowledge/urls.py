"""Addresses of the knowledge site that are not pages."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from knowledge.feeds import NewestFeed, ThemeFeed
from knowledge.sitemaps import SITEMAPS

# One of each for the whole site, outside the language prefixes.
site_patterns = [path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap")]

urlpatterns = [
    path("feeds/nieuw.xml", NewestFeed(), name="newest_feed"),
    path("feeds/thema/<slug:slug>.xml", ThemeFeed(), name="theme_feed"),
]
