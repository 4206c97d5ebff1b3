"""Three languages: real translations are paired, and what is missing says so."""

import re
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, SoupStrainer
from wagtail.models import Locale, Page

from knowledge.models import ArticleIndexPage, ElementWording, FrameworkElement, KnowledgePage, PracticeArticlePage
from knowledge.querysets import worded
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Audience
from thuisbasis.network.policies import ANONYMOUS
from thuisbasis.search.services import search

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SUNDAY = {"nl": "/praktijkvoorbeelden/de-lange-zondag/", "en": "/en/practice-examples/the-long-sunday/"}
ONLY_DUTCH = "/praktijkvoorbeelden/koffie-op-de-stoep/"


def soup_of(client, path):
    return BeautifulSoup(client.get(path).content, "html.parser")


def head_pairs(client, path):
    """Return the language versions that the head of a page names."""
    # Of a whole site only the links: reading all of each page takes far longer than making it.
    head = BeautifulSoup(client.get(path).content, "lxml", parse_only=SoupStrainer("link"))
    links = head.find_all("link", rel="alternate", hreflang=True)
    return {link["hreflang"]: urlsplit(link["href"]).path for link in links}


def switch(client, path):
    """Return where the switch between languages leads, and which languages it calls missing."""
    choices = soup_of(client, path).find("nav", class_="languages").find_all("a")
    missing = {link["hreflang"] for link in choices if "languages__missing" in link.get("class", [])}
    return {link["hreflang"]: link["href"] for link in choices}, missing


@pytest.fixture
def english_sunday():
    return PracticeArticlePage.objects.get(slug="the-long-sunday")


@pytest.mark.no_cover
def test_pairs_are_reciprocal_over_the_whole_site_and_the_same_in_the_sitemap(client):
    sitemap = BeautifulSoup(client.get("/sitemap.xml").content, "xml")
    pairs, promised = {}, {}
    for entry in sitemap.find_all("url"):
        path = urlsplit(entry.loc.get_text()).path
        links = entry.find_all("link")
        promised[path] = {link["hreflang"]: urlsplit(link["href"]).path for link in links}
        pairs[path] = head_pairs(client, path)
    assert pairs == promised
    translated = {path: versions for path, versions in pairs.items() if versions}
    assert len(translated) > 120
    for path, versions in translated.items():
        assert path in versions.values()
        assert versions["x-default"] == versions["nl"]
        assert all(pairs[other] == versions for other in versions.values())


def test_the_elements_of_a_framework_and_the_themes_are_paired_as_well(client):
    assert head_pairs(client, "/themas/wonen/")["fr"] == "/fr/themes/logement/"
    assert head_pairs(client, "/voorzorg/outreach/")["en"] == "/en/prevention/outreach/"
    assert head_pairs(client, "/en/prevention/dekking/")["nl"] == "/voorzorg/dekking/"


def test_the_switch_leads_to_the_translation_or_to_the_nearest_page_above_and_says_so(client):
    urls, missing = switch(client, SUNDAY["nl"])
    assert (urls["en"], missing) == (SUNDAY["en"], set())
    urls, missing = switch(client, ONLY_DUTCH)
    assert urls == {"nl": ONLY_DUTCH, "en": "/en/practice-examples/", "fr": "/fr/exemples-de-pratique/"}
    assert missing == {"en", "fr"}
    assert "(niet vertaald)" in soup_of(client, ONLY_DUTCH).find("nav", class_="languages").get_text()
    assert switch(client, "/praktijken/")[0]["en"] == "/en/"


def test_pages_of_our_own_switch_to_themselves_with_the_question(client):
    assert switch(client, "/zoeken/?q=hond")[0] == {
        "nl": "/zoeken/?q=hond",
        "en": "/en/zoeken/?q=hond",
        "fr": "/fr/zoeken/?q=hond",
    }
    assert switch(client, "/account/inloggen/")[0]["fr"] == "/fr/account/inloggen/"
    assert switch(client, "/bestaat-niet/")[0]["en"] == "/en/"


def test_a_site_in_one_language_has_no_switch(client):
    Page.objects.exclude(locale=Locale.get_default()).filter(depth__gt=1).update(live=False)
    for path in (SUNDAY["nl"], "/zoeken/"):
        assert soup_of(client, path).find("nav", class_="languages") is None
    assert head_pairs(client, SUNDAY["nl"]) == {}


def test_drafts_and_aliases_are_no_translations(client, english_sunday):
    english_sunday.unpublish()
    assert set(head_pairs(client, SUNDAY["nl"])) == {"nl", "fr", "x-default"}
    parent = ArticleIndexPage.objects.get(slug="practice-examples")
    source = PracticeArticlePage.objects.get(slug="koffie-op-de-stoep")
    alias = source.create_alias(parent=parent, update_locale=parent.locale, reset_translation_key=False)
    assert alias.live
    assert head_pairs(client, ONLY_DUTCH) == {}
    assert switch(client, ONLY_DUTCH)[1] == {"en", "fr"}
    canonical = soup_of(client, alias.url).find("link", rel="canonical")["href"]
    assert urlsplit(canonical).path == ONLY_DUTCH
    assert alias.url not in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize(
    "path", ["/en/praktijkvoorbeelden/koffie-op-de-stoep/", "/fr/exemples-de-pratique/koffie-op-de-stoep/"]
)
def test_what_is_not_translated_offers_the_dutch_page_in_the_readers_language(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    soup = BeautifulSoup(answer.content, "html.parser")
    offer = soup.main.find("a", href=ONLY_DUTCH)
    assert (offer["lang"], offer["hreflang"], offer.get_text()) == ("nl", "nl", "Koffie op de stoep")
    assert soup.html["lang"] == path[1:3]
    assert {"en": "not translated", "fr": "pas encore traduite"}[path[1:3]] in soup.h1.get_text()


def test_nothing_is_offered_of_what_does_not_exist_or_is_not_for_this_visitor(client):
    page = PracticeArticlePage.objects.get(slug="koffie-op-de-stoep")
    page.audience = Audience.NETWORK
    page.save_revision().publish()
    hidden = client.get("/en/praktijkvoorbeelden/koffie-op-de-stoep/").content.decode()
    nothing = client.get("/en/praktijkvoorbeelden/koffie-op-het-dak/").content.decode()
    nonce = re.compile(r"koffie-op-(de-stoep|het-dak)|nonce=\"[^\"]+\"")
    assert nonce.sub("", hidden) == nonce.sub("", nothing)
    assert "/praktijkvoorbeelden/koffie" not in hidden
    client.force_login(User.objects.get(email="lid@example.nl"))
    assert "Koffie op de stoep" in client.get("/en/praktijkvoorbeelden/koffie-op-de-stoep/").content.decode()


def test_a_known_page_below_an_unknown_section_is_not_meant(client):
    assert "De lange zondag" not in client.get("/en/nergens/de-lange-zondag/").content.decode()
    assert "De lange zondag" in client.get("/fr/praktijkvoorbeelden/de-lange-zondag/").content.decode()


def test_a_part_of_a_framework_without_words_in_a_language_keeps_its_own():
    with_words = FrameworkElement.objects.filter(wordings__language="en").first()
    without = FrameworkElement.objects.exclude(pk=with_words.pk).first()
    ElementWording.objects.filter(element=without).delete()
    assert [each.label for each in worded([with_words, without], "en")] == [
        with_words.wordings.get(language="en").label,
        without.label,
    ]


def test_translations_of_a_restricted_page_are_restricted_in_the_same_request(client, english_sunday):
    assert client.get(SUNDAY["en"]).status_code == 200
    page = PracticeArticlePage.objects.get(slug="de-lange-zondag")
    page.audience = Audience.NETWORK
    page.save_revision().publish()
    for translation in KnowledgePage.objects.filter(translation_key=page.translation_key):
        assert client.get(translation.url).status_code == 404
    assert not any(hit.entry.name == english_sunday.title for hit in search(text="sunday", visitor=ANONYMOUS).hits)
    assert "the-long-sunday" not in client.get("/sitemap.xml").content.decode()
    assert "the-long-sunday" not in client.get("/en/practice-examples/").content.decode()
    client.force_login(User.objects.get(email="lid@example.nl"))
    assert switch(client, SUNDAY["nl"])[0]["en"] == SUNDAY["en"]
    assert head_pairs(client, SUNDAY["nl"]) == {}


def test_translations_of_a_page_that_is_taken_away_go_along(client, english_sunday):
    english_sunday.unpublish()
    assert client.get(SUNDAY["nl"]).status_code == 200, "a translation may go alone"
    english_sunday.get_latest_revision().publish()
    PracticeArticlePage.objects.get(slug="de-lange-zondag").unpublish()
    for address in (*SUNDAY.values(), "/fr/exemples-de-pratique/le-long-dimanche/"):
        assert client.get(address).status_code == 404
    assert not search(text="sunday", visitor=ANONYMOUS).hits


def test_lists_themes_and_frameworks_show_what_is_in_their_language_only(client):
    titles = {page.title for page in KnowledgePage.objects.exclude(locale__language_code="en")}
    for path in ("/en/practice-examples/", "/en/themes/loneliness/", "/en/prevention/meedoen/", "/en/"):
        soup = soup_of(client, path)
        cards = {card.get_text(strip=True) for card in soup.main.select(".card h2, .card h3")}
        assert cards
        assert not cards & (titles - {"Thuisbasis"})
    soup = soup_of(client, "/en/prevention/outreach/")
    assert soup.h1.get_text() == "Outreach"
    assert "Being yourself" in soup.main.get_text()
    assert "Jezelf zijn" not in soup.main.get_text()


def test_dates_and_feeds_speak_the_language_of_the_page(client):
    assert "Published on Thursday 8 April 2021" in soup_of(client, SUNDAY["en"]).get_text()
    french = soup_of(client, "/fr/exemples-de-pratique/le-long-dimanche/").get_text()
    assert "jeudi 8 avril 2021" in french
    feed = BeautifulSoup(client.get("/en/feeds/nieuw.xml").content, "xml")
    assert "The long Sunday" in [entry.title.get_text() for entry in feed.find_all("entry")]
    assert not any("/praktijkvoorbeelden/" in link["href"] for link in feed.find_all("link"))
    assert client.get("/fr/feeds/thema/logement.xml").status_code == 200
    podcast = BeautifulSoup(client.get("/feeds/podcast/home-in-so-many-words.xml").content, "xml")
    assert podcast.channel.language.get_text() == "en"
    assert [item.title.get_text() for item in podcast.find_all("item")] == ["The first night in a home of your own"]


def test_an_old_address_of_a_translation_leads_on(client, english_sunday, django_capture_on_commit_callbacks):
    english_sunday.slug = "sunday-dinner"
    with django_capture_on_commit_callbacks(execute=True):
        english_sunday.save_revision().publish()
    answer = client.get(SUNDAY["en"])
    assert (answer.status_code, answer.url) == (301, "/en/practice-examples/sunday-dinner/")
    assert head_pairs(client, SUNDAY["nl"])["en"] == "/en/practice-examples/sunday-dinner/"
