"""Names the addresses that most visitors ask for, so that the page store has them ready."""

from collections.abc import Iterator

from django.urls import reverse
from wagtail.models import Page

from knowledge.models import HomePage, KnowledgePage, PodcastPage
from thuisbasis.network.policies import ANONYMOUS

NEWEST = 12


def front_addresses() -> Iterator[str]:
    """Yield the paths of the home pages, what is in the menus, the feeds and the newest pages."""
    homes = list(HomePage.objects.live().order_by("path"))
    yield from (home.url for home in homes)
    for home in homes:
        yield from (page.url for page in Page.objects.child_of(home).live().in_menu().order_by("path"))
    podcasts = PodcastPage.objects.live().order_by("path").values_list("feed_name", flat=True)
    yield from (reverse("podcast_feed", args=[name]) for name in podcasts)
    yield reverse("newest_feed")
    yield from (page.url for page in KnowledgePage.objects.visible_to(ANONYMOUS).newest_first()[:NEWEST])
