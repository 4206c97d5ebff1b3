"""A new site begins with its sections, once."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.models import Locale, Page, Site

from events.models import Occurrence, Registration
from knowledge.models import HomePage
from knowledge.services import SiteHasBegun, begin_site
from thuisbasis.network.models import Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty():
    """Leave what a new database has: the root, and a page that welcomes to Wagtail."""
    for model in (Registration, Occurrence):
        model.objects.all().delete()
    Page.objects.filter(depth=2).delete()
    root = Page.get_first_root_node()
    welcome = root.add_child(instance=Page(title="Welcome", slug="home"))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": welcome})
    Theme.objects.exclude(locale=Locale.get_default()).delete()
    Locale.objects.exclude(language_code="nl").delete()


def test_a_new_site_answers_with_every_section_in_the_menu(empty, settings, capsys, client):
    settings.SITE_URL = "http://localhost:8000"
    call_command("begin_site")
    home = HomePage.objects.get(slug="home")
    assert Page.objects.filter(depth=2).count() == 1
    site = Site.objects.get()
    assert (site.root_page.specific, site.site_name) == (home, "Thuisbasis")
    sections = home.get_children().live()
    assert list(sections.values_list("slug", "show_in_menus")) == [
        ("praktijkvoorbeelden", True),
        ("themas", True),
        ("kijk-en-luister", True),
        ("publicaties", True),
        ("projecten", True),
        ("praktijken", True),
        ("agenda", True),
    ]
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"nl", "en", "fr"}
    first = client.get("/").content.decode()
    assert "<title>Thuisbasis | Housing First Nederland</title>" in first
    assert "Nieuw uit de praktijk" not in first
    for section in sections:
        assert client.get(section.get_url_parts()[2]).status_code == 200, section
    assert "/cms/" in capsys.readouterr().out


def test_a_new_site_stands_at_the_address_that_the_settings_name(empty, settings):
    for address, host, port in (
        ("https://thuis.example.org", "thuis.example.org", 443),
        ("http://localhost:8000", "localhost", 8000),
        ("http://t.nl", "t.nl", 80),
    ):
        settings.SITE_URL = address
        with transaction.atomic():
            begin_site()
            assert list(Site.objects.values_list("hostname", "port")) == [(host, port)]
            transaction.set_rollback(True)


def test_what_has_begun_is_left_alone():
    before = list(Page.objects.values_list("pk", "path"))
    with pytest.raises(SiteHasBegun):
        begin_site()
    with pytest.raises(CommandError, match="already"):
        call_command("begin_site")
    assert list(Page.objects.values_list("pk", "path")) == before
