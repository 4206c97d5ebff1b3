"""Loads the whole demo, once, all or nothing."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale

from knowledge.models import HomePage, KnowledgePage, PodcastPage, TalkShowPage
from knowledge.models.recorded import COVER_SPEC, POSTER_SPEC
from thuisbasis.base.components.content import rendition_specs
from thuisbasis.config.demo.assessments import DemoAssessments
from thuisbasis.config.demo.events import DemoAgenda
from thuisbasis.config.demo.exchange import DemoExchange
from thuisbasis.config.demo.network import load_network
from thuisbasis.config.demo.people import load_people
from thuisbasis.config.demo.recordings import load_recordings
from thuisbasis.config.demo.searching import load_search
from thuisbasis.config.demo.site import DemoSite
from thuisbasis.config.demo.translations import DemoTranslations


def demo_is_loaded() -> bool:
    """Say whether there is a site already, the demo's or the user's own."""
    return HomePage.objects.exists()


@transaction.atomic
def load_demo(*, tell: Callable[[str], None]) -> None:
    """Load people, network, pages and search; `tell` gets one line for each step."""
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    tell("themes, care providers and practices")
    load_network()
    tell("people")
    site = DemoSite(load_people())
    tell("pictures")
    site.load_images()
    tell("pages")
    site.load_home()
    site.load_framework()
    site.load_content()
    site.load_articles()
    site.load_campaign()
    site.load_projects()
    site.load_publications()
    tell("podcasts and talk shows")
    load_recordings(site)
    tell("translations")
    for language in ("en", "fr"):
        DemoTranslations(site, language).load()
    tell("questions and documents of members")
    DemoExchange().load()
    tell("agenda")
    DemoAgenda(site).load()
    tell("self-assessments")
    DemoAssessments().load()
    tell("images in the sizes that pages use")
    prepare_renditions()
    tell("search")
    load_search()


def prepare_renditions() -> None:
    """Make the renditions that readers ask for first, so that nobody waits for them."""
    pages = KnowledgePage.objects.exclude(lead_image=None).select_related("lead_image")
    for image in {page.lead_image for page in pages if page.lead_image}:
        image.get_renditions(*rendition_specs("card"), *rendition_specs("wide"), "fill-1200x630|format-jpeg")
    for podcast in PodcastPage.objects.exclude(cover=None):
        podcast.cover.get_renditions(COVER_SPEC, "fill-400x400|format-jpeg")
    shows = TalkShowPage.objects.select_related("lead_image")
    for poster in {show.lead_image for show in shows if show.lead_image}:
        poster.get_rendition(POSTER_SPEC)
