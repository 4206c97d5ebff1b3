"""The first pages of a new site: a home page with its sections, which editors then fill."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from knowledge.models import (
    ArticleIndexPage,
    HomePage,
    MediaIndexPage,
    PracticeIndexPage,
    ProjectIndexPage,
    PublicationIndexPage,
    ThemeIndexPage,
)
from knowledge.signals import site_begun

# What editors find is written in the site's own language; they change it as they like.
SECTIONS: tuple[tuple[Any, str, str, str], ...] = (
    (
        ArticleIndexPage,
        "Praktijkvoorbeelden",
        "praktijkvoorbeelden",
        "Hoe een praktijk het deed, wat het opleverde en wat niet werkte.",
    ),
    (ThemeIndexPage, "Thema's", "themas", "Kies waar je vandaag mee bezig bent."),
    (
        MediaIndexPage,
        "Kijk en luister",
        "kijk-en-luister",
        "Talkshows en podcasts over wonen, zorg en samenleven. Met tekst erbij, om te lezen of mee te lezen.",
    ),
    (PublicationIndexPage, "Publicaties", "publicaties", "Handreikingen en verslagen om te bewaren of te printen."),
    (
        ProjectIndexPage,
        "Projecten",
        "projecten",
        "Wat er in Nederland en daarbuiten wordt uitgeprobeerd, door wie en wanneer.",
    ),
    (PracticeIndexPage, "Praktijken", "praktijken", "Housing First bij jou in de buurt."),
)


class SiteHasBegun(Exception):
    """There is a home page already: nothing is changed."""


@transaction.atomic
def begin_site() -> HomePage:
    """Put our home page with its sections in the place of Wagtail's welcome page, and return it.

    The site answers at `SITE_URL`, and every language of the settings is there to translate to.
    Raises SiteHasBegun.
    """
    if HomePage.objects.exists():
        raise SiteHasBegun
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    Page.objects.filter(depth=2, slug="home").delete()
    home = HomePage(
        title="Thuisbasis",
        slug="home",
        heading="Eerst een thuis. Dan de rest.",
        introduction="Hier delen Housing First-praktijken wat zij leren.",
        locale=Locale.get_default(),
    )
    _publish(Page.get_first_root_node(), home)
    for model, title, slug, intro in SECTIONS:
        add_section(home=home, page=model(title=title, slug=slug, intro=intro))
    site_begun.send(sender=HomePage, home=home)
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    values = {"hostname": address.hostname, "port": port, "root_page": home, "site_name": "Thuisbasis"}
    Site.objects.update_or_create(is_default_site=True, defaults=values)
    return home


def add_section(*, home: HomePage, page: Any) -> None:
    """Put a section below the home page and in the menu."""
    page.show_in_menus = True
    _publish(home, page)


def _publish(parent: Any, page: Any) -> None:
    parent.add_child(instance=page)
    page.save_revision().publish()
