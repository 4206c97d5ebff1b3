"""Use cases of the knowledge site."""

from .beginning import SiteHasBegun, begin_site
from .feed_import import FeedCannotBeRead, FeedReport, import_feed
from .frameworks import FrameworkDataIsWrong, import_framework
from .fronts import front_addresses
from .importing import ImportReport, ThereIsNoPlaceForArticles, import_document
from .people import pages_with, texts_that_name
from .planning import CampaignPlan, plan_of
from .translating import (
    TranslatedPage,
    TranslationsAreNotReady,
    TranslationState,
    bring_translations,
    confirm_translation,
    publish_translations,
    translations_of,
)

__all__ = [
    "CampaignPlan",
    "FeedCannotBeRead",
    "FeedReport",
    "FrameworkDataIsWrong",
    "ImportReport",
    "SiteHasBegun",
    "ThereIsNoPlaceForArticles",
    "TranslatedPage",
    "TranslationState",
    "TranslationsAreNotReady",
    "begin_site",
    "bring_translations",
    "confirm_translation",
    "front_addresses",
    "import_document",
    "import_feed",
    "import_framework",
    "pages_with",
    "plan_of",
    "publish_translations",
    "texts_that_name",
    "translations_of",
]
