"""Dates in Dutch, metadata, headers, the one login and what robots get to read."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.utils.translation import override

from thuisbasis.base.blocks.embed import EmbedBlock, recognise_video
from thuisbasis.base.components import Card, SiteComponent, all_components
from thuisbasis.base.templatetags.components import full_date, json_ld, short_date

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_a_moment_reads_as_people_say_it():
    moment = datetime(2021, 3, 25, 15, 0, tzinfo=UTC)
    assert full_date(moment) == "donderdag 25 maart 2021, 16.00 uur"
    assert short_date(moment) == "25 maart 2021"
    assert full_date(date(2021, 3, 25)) == "donderdag 25 maart 2021"
    assert (full_date(None), short_date(None)) == ("", "")


def test_structured_data_cannot_close_its_own_script():
    text = json_ld({"name": "</script><script>alert(1)</script> & meer"})
    assert text.count("</script>") == 1
    assert json.loads(text[text.index(">") + 1 : text.rindex("<")])["name"].endswith("& meer")


def test_every_component_has_a_template_and_examples():
    for component in all_components():
        examples = component.examples()
        assert examples, component.__name__
        for example in examples.values():
            assert example.render_html(Context({})).strip()


def test_a_card_is_drawn_once_in_each_language_and_anew_for_what_shows_something_else():
    card = Card(title="Koffie", url="/koffie/", is_invented=True)
    dutch = card.render_html()
    assert card.render_html() is dutch
    with override("en"):
        assert card.render_html() != dutch
    assert Card(title="Thee", url="/koffie/", is_invented=True).render_html() != dutch


def test_a_component_without_examples_says_so():
    with pytest.raises(TypeError):
        SiteComponent.examples()


@pytest.mark.parametrize(
    ("url", "provider"),
    [
        ("https://www.youtube.com/watch?v=abcdefghijk", "YouTube"),
        ("https://youtu.be/abcdefghijk?t=4", "YouTube"),
        ("https://vimeo.com/123456789", "Vimeo"),
        ("https://example.nl/video", None),
        ("http://vimeo.com/123456789", None),
        ("https://vimeo.com.example.nl/123456789", None),
        ("javascript:alert(1)//https://vimeo.com/123456789", None),
    ],
)
def test_only_videos_of_known_sites_are_played(url, provider):
    found = recognise_video(url)
    assert (found[0] if found else None) == provider


def test_an_unknown_video_address_is_refused_at_its_field():
    from wagtail.blocks import StructBlockValidationError

    block = EmbedBlock()
    value = block.to_python({"url": "https://example.nl/x", "title": "X", "poster": None})
    with pytest.raises(StructBlockValidationError) as refusal:
        block.clean(value)
    assert "url" in refusal.value.block_errors
    good = block.to_python({"url": "https://vimeo.com/123456789", "title": "X", "poster": None})
    assert block.clean(good)["title"] == "X"


def soup_of(client, url):
    return BeautifulSoup(client.get(url).content, "html.parser")


def test_an_article_describes_itself_to_search_engines_and_social_media(client):
    soup = soup_of(client, "/praktijkvoorbeelden/den-haag-actief/")
    canonical = soup.find_all("link", rel="canonical")
    assert [link["href"] for link in canonical] == ["http://127.0.0.1:8000/praktijkvoorbeelden/den-haag-actief/"]
    properties = {meta["property"]: meta["content"] for meta in soup.find_all("meta", property=True)}
    assert properties["og:title"] == "Den Haag Actief"
    assert properties["og:type"] == "article"
    assert (properties["og:image:width"], properties["og:image:height"]) == ("1200", "630")
    graph = json.loads(soup.find("script", type="application/ld+json").string)["@graph"]
    assert [item["@type"] for item in graph] == ["Article", "BreadcrumbList"]
    assert graph[0]["datePublished"].startswith("2021-02-18")
    assert [item["name"] for item in graph[1]["itemListElement"]] == [
        "Thuisbasis",
        "Praktijkvoorbeelden",
        "Den Haag Actief",
    ]


def test_the_home_page_stands_for_the_organisation(client):
    graph = json.loads(soup_of(client, "/").find("script", type="application/ld+json").string)["@graph"]
    assert graph[0]["@type"] == "Organization"


def test_a_campaign_is_a_series_of_events(client):
    soup = soup_of(client, "/beweging-in-kwetsbaarheid/")
    graph = json.loads(soup.find("script", type="application/ld+json").string)["@graph"]
    assert (graph[0]["@type"], graph[0]["startDate"], graph[0]["endDate"]) == (
        "EventSeries",
        "2021-01-01",
        "2021-06-30",
    )


def test_sub_pages_have_an_address_of_their_own(client):
    for url in ("/themas/wonen/", "/voorzorg/outreach/", "/voorzorg/dekking/"):
        assert soup_of(client, url).find("link", rel="canonical")["href"].endswith(url)


def test_results_of_a_search_are_not_indexed(client):
    assert soup_of(client, "/zoeken/?q=x").find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_the_sitemap_holds_every_public_page_once(client):
    soup = BeautifulSoup(client.get("/sitemap.xml").content, "xml")
    addresses = [found.get_text() for found in soup.find_all("loc")]
    assert len(addresses) == len(set(addresses)) > 80
    assert all(address.startswith("http://127.0.0.1:8000/") for address in addresses)
    entry = next(url for url in soup.find_all("url") if url.loc.get_text().endswith("/den-haag-actief/"))
    assert entry.lastmod.get_text() == "2021-02-18"


def test_the_feed_is_atom_newest_first_and_conditional(client):
    response = client.get("/feeds/nieuw.xml")
    soup = BeautifulSoup(response.content, "xml")
    published = [entry.published.get_text() for entry in soup.find_all("entry")]
    assert published == sorted(published, reverse=True)
    assert soup.entry.id.get_text().startswith("urn:uuid:")
    assert client.get("/feeds/nieuw.xml", headers={"if-none-match": response.headers["ETag"]}).status_code == 304


def test_an_important_change_shows_in_the_feed(client):
    from knowledge.models import PracticeArticlePage

    page = PracticeArticlePage.objects.get(slug="huisdieren-mee-naar-binnen")
    page.change_notes.create(date=date(2024, 2, 2), text="Bijgewerkt")
    page.save_revision().publish()
    soup = BeautifulSoup(client.get("/feeds/nieuw.xml").content, "xml")
    entry = next(entry for entry in soup.find_all("entry") if entry.title.get_text() == "Huisdieren mee naar binnen")
    assert entry.updated.get_text().startswith("2024-02-02")


def test_a_theme_has_its_own_feed(client):
    soup = BeautifulSoup(client.get("/feeds/thema/buren.xml").content, "xml")
    titles = {entry.title.get_text() for entry in soup.find_all("entry")}
    assert "Koffie op de stoep" in titles
    assert "Samen naar de huisarts" not in titles
    assert "Leven met buren" in soup.title.get_text()
    assert client.get("/feeds/thema/onbekend.xml").status_code == 404


def test_public_pages_have_a_strict_policy_and_the_admin_its_own(client):
    public = client.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in public
    for directive in (
        "default-src 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "object-src 'none'",
    ):
        assert directive in public
    admin = client.get("/cms/login/").headers["Content-Security-Policy"]
    assert "'unsafe-inline'" in admin
    assert "unsafe-eval" not in admin


def test_no_page_holds_an_inline_script_or_style(client):
    for url in ("/", "/praktijkvoorbeelden/den-haag-actief/", "/voorzorg/dekking/", "/account/inloggen/", "/galerij/"):
        soup = soup_of(client, url)
        assert not soup.find(style=True), url
        assert not [
            script
            for script in soup.find_all("script")
            if not script.get("src") and script.get("type") not in ("application/ld+json", "application/json")
        ]
        assert not soup.find_all("style"), url


@pytest.mark.parametrize("url", ["/cms/login/", "/_util/login/"])
def test_wagtails_own_logins_lead_to_the_one_login(client, url):
    data = {"username": "redactie@example.nl", "password": "eerst-een-thuis"}
    response = client.post(url, data)
    assert response.status_code in (302, 405)
    if response.status_code == 302:
        assert response.headers["Location"].startswith("/account/inloggen/")
    assert "_auth_user_id" not in client.session


def test_someone_without_rights_is_asked_to_log_in_at_the_admin(client):
    assert client.get("/cms/").headers["Location"] == "/account/inloggen/?next=/cms/"


def test_a_member_logs_in_by_e_mail_and_gets_no_further_than_the_site(client, come_in):
    assert come_in(client, "LID@example.nl").headers["Location"] == "/leden/"
    assert client.get("/cms/").status_code == 404


def test_a_wrong_password_gets_a_friendly_answer_and_keeps_the_address(client):
    response = client.post("/account/inloggen/", {"login": "lid@example.nl", "password": "fout"})
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.find(class_="notice--warning")
    assert soup.find("input", attrs={"name": "login"})["value"] == "lid@example.nl"


def test_guessing_is_limited(client):
    for _attempt in range(6):
        client.post("/account/inloggen/", {"login": "lid@example.nl", "password": "fout"})
    client.post("/account/inloggen/", {"login": "lid@example.nl", "password": "eerst-een-thuis"})
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up_alone(client, django_user_model):
    before = django_user_model.objects.count()
    data = {"email": "nieuw@example.nl", "password1": "eerst-een-thuis", "password2": "eerst-een-thuis"}
    client.post("/account/uitnodiging/", data)
    assert django_user_model.objects.count() == before


def test_a_user_needs_an_address_and_is_named_by_it(django_user_model):
    with pytest.raises(ValueError, match="e-mail"):
        django_user_model.objects.create_user("")
    user = django_user_model.objects.create_superuser("Baas@Example.nl", "x")
    assert (str(user), user.is_superuser) == ("baas@example.nl", True)


def test_one_address_is_one_person_whatever_its_case(django_user_model):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        django_user_model.objects.create(email="LID@example.nl")


def test_health_robots_and_security_contact(client, time_machine):
    assert client.get("/healthz").content == b"ok\n"
    assert "Disallow: /cms/" in client.get("/robots.txt").content.decode()
    time_machine.move_to("2026-03-01T12:00:00+00:00", tick=False)
    text = client.get("/.well-known/security.txt").content.decode()
    assert re.search(r"^Contact: mailto:", text, re.MULTILINE)
    assert "Expires: 2026-08-28T12:00:00+00:00" in text


@pytest.mark.parametrize("url", ["/?q=%00", "/zoeken/?q=%00", "/praktijken/?plaats=a%00b"])
def test_a_nul_in_an_address_is_refused(client, url):
    assert client.get(url).status_code == 400


@pytest.mark.parametrize("url", ["/api/", "/api/v2/pages/", "/api/v3/", "/django-admin/", "/admin/"])
def test_no_api_and_no_second_admin_is_mounted(client, url):
    assert client.get(url).status_code == 404


def test_originals_of_images_are_not_served(client):
    from thuisbasis.base.models import SiteImage

    image = SiteImage.objects.first()
    assert client.get(image.file.url).status_code == 404
    assert client.get(image.get_rendition("fill-400x250|format-avif").url).status_code == 200


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Search all knowledge"), ("fr", "Chercher dans toutes les connaissances")]
)
def test_the_interface_speaks_three_languages(client, language, word):
    page = client.get(f"/{language}/zoeken/").content.decode()
    assert word in page
    assert f'<html lang="{language}"' in page
    with override("nl"):
        assert (
            Template("{% load i18n %}{% translate 'Zoek in alle kennis' %}").render(Context()) == "Zoek in alle kennis"
        )
