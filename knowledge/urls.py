"""Addresses of the knowledge site that are not pages."""

from django.urls import path, re_path
from django.views.decorators.cache import cache_control

from knowledge.feeds import (
    CampaignFeed,
    NewestFeed,
    ThemeFeed,
    podcast_feed,
    recording_chapters,
    recording_text,
    talk_show_calendar,
)
from knowledge.sitemaps import sitemap

KEY = r"(?P<key>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})"

FOR_EVERYBODY = cache_control(public=True, no_cache=True)

# One of each for the whole site, outside the language prefixes.
site_patterns = [
    path("sitemap.xml", FOR_EVERYBODY(sitemap), name="sitemap"),
    path("feeds/podcast/<slug:feed_name>.xml", podcast_feed, name="podcast_feed"),
]

urlpatterns = [
    path("feeds/nieuw.xml", NewestFeed(), name="newest_feed"),
    path("feeds/thema/<slug:slug>.xml", ThemeFeed(), name="theme_feed"),
    path("feeds/campagne/<slug:slug>.xml", CampaignFeed(), name="campaign_feed"),
    re_path(
        rf"^opnamen/{KEY}/tekst-(?P<language>[a-z]{{2}})\.(?P<form>vtt|srt|json|html)$",
        recording_text,
        name="recording_text",
    ),
    re_path(rf"^opnamen/{KEY}/hoofdstukken\.json$", recording_chapters, name="recording_chapters"),
    path("opnamen/<uuid:key>/agenda.ics", talk_show_calendar, name="talk_show_calendar"),
]
