"""Atom feeds of what is new, for everyone; never of what is for members."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knowledge.models import CampaignPage, KnowledgePage
from knowledge.querysets import KnowledgeQuerySet
from thuisbasis.network.models import Theme
from thuisbasis.network.policies import ANONYMOUS

FEED_LENGTH = 30


class NewestFeed(Feed):
    """Everything public, newest first; also an important change brings a page back to the top."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the feed; whoever keeps it asks each time whether something is new."""
        response = super().__call__(request, *args, **kwargs)
        response.headers["Cache-Control"] = "public, no-cache"
        return response

    def title(self, obj: Any) -> str:
        """Return the name of the feed."""
        return _("Nieuw op Thuisbasis")

    def link(self, obj: Any) -> str:
        """Return the address of the site."""
        return f"{settings.SITE_URL}/"

    def feed_url(self, obj: Any) -> str:
        """Return the feed's own address, without a query."""
        return settings.SITE_URL + reverse("newest_feed")

    def subtitle(self, obj: Any) -> str:
        """Return one line about the feed."""
        return _("Nieuwe en bijgewerkte kennis over Housing First.")

    def items(self, obj: Any) -> list[KnowledgePage]:
        """Return the newest pages that anyone may see, with what the feed shows of them."""
        pages = self.pages(obj).newest_first().prefetch_related("change_notes")[:FEED_LENGTH]
        return list(pages)

    def pages(self, obj: Any) -> KnowledgeQuerySet:
        """Return the public pages in the feed's language."""
        return KnowledgePage.objects.visible_to(ANONYMOUS).filter(locale__language_code=get_language())

    def item_title(self, item: KnowledgePage) -> str:
        """Return the page's title."""
        return item.title

    def item_description(self, item: KnowledgePage) -> str:
        """Return the page's summary."""
        return item.summary

    def item_link(self, item: KnowledgePage) -> str:
        """Return the page's absolute address."""
        return item.absolute_url

    def item_guid(self, item: KnowledgePage) -> str:
        """Return a name that stays the same when the address changes (RFC 4287, 4.2.6)."""
        return f"urn:uuid:{item.translation_key}"

    def item_pubdate(self, item: KnowledgePage) -> datetime | None:
        """Return when the page was first published."""
        return item.first_published_at

    def item_updateddate(self, item: KnowledgePage) -> datetime | None:
        """Return when the page last changed for its readers."""
        changed = item.updated_date
        published = item.first_published_at
        if changed and published and changed > published.date():
            return datetime.combine(changed, published.timetz())
        return published


class ThemeFeed(NewestFeed):
    """What is new about one theme."""

    def get_object(self, request: HttpRequest, slug: str) -> Theme:
        """Return the theme; 404 when there is none."""
        return get_object_or_404(Theme, slug=slug, locale__language_code=get_language())

    def title(self, obj: Theme) -> str:
        """Return the name of the feed."""
        return _("Nieuw op Thuisbasis over %(theme)s") % {"theme": obj.name}

    def feed_url(self, obj: Theme) -> str:
        """Return the feed's own address."""
        return settings.SITE_URL + reverse("theme_feed", args=[obj.slug])

    def subtitle(self, obj: Theme) -> str:
        """Return the theme's description."""
        return obj.description

    def pages(self, obj: Theme) -> KnowledgeQuerySet:
        """Return the public pages about the theme."""
        return super().pages(obj).filter(themes=obj)


class CampaignFeed(NewestFeed):
    """What belongs to one campaign."""

    def get_object(self, request: HttpRequest, slug: str) -> CampaignPage:
        """Return the campaign; 404 when there is none that everyone may see."""
        campaigns = CampaignPage.objects.visible_to(ANONYMOUS).filter(locale__language_code=get_language())
        return get_object_or_404(campaigns, slug=slug)

    def title(self, obj: CampaignPage) -> str:
        """Return the name of the feed."""
        return _("Nieuw bij %(campaign)s") % {"campaign": obj.title}

    def feed_url(self, obj: CampaignPage) -> str:
        """Return the feed's own address."""
        return settings.SITE_URL + reverse("campaign_feed", args=[obj.slug])

    def subtitle(self, obj: CampaignPage) -> str:
        """Return what the campaign is about."""
        return obj.plain_summary

    def pages(self, obj: CampaignPage) -> KnowledgeQuerySet:
        """Return the public pages of the campaign."""
        return obj.pages_of(super().pages(obj))
