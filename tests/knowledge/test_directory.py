"""The directory: practices and care providers with pages of their own, on a map and in a list."""

import gzip
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from knowledge.models import PracticeArticlePage
from thuisbasis.network.models import CareProvider, Practice
from thuisbasis.network.places import locate, map_position, province_outlines

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def soup_of(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, url
    return BeautifulSoup(answer.content, "html.parser")


def names_of(soup):
    return [cell.find("a").get_text() for cell in soup.select("table.stacked tbody th")]


@pytest.mark.parametrize(
    ("query", "first", "count"),
    [
        ("", "Housing First De Meierij", 34),
        ("?plaats=gelderland", "Achterhoek Thuis", 3),
        ("?plaats=Den+Bosch", "Housing First De Meierij", 1),
        ("?provincie=OV", "Thuis aan de IJssel", 3),
        ("?gemeente=Zutphen", "Thuis aan de IJssel", 1),
        ("?gemeente=Ede", "Huis en Heide", 1),
        ("?aanbieder=straatlicht", "Straatlicht Eilanden", 2),
        ("?doelgroep=na-detentie", "Housing First De Meierij", 2),
        ("?plaats=Brussel", "Housing First Brussel (SMES-B)", 1),
        ("?provincie=OV&doelgroep=jongeren", "Thuis in Twente", 1),
    ],
)
def test_every_choice_narrows_the_list_and_the_map_alike(client, query, first, count):
    soup = soup_of(client, f"/praktijken/{query}")
    names = names_of(soup)
    assert (names[0], len(names)) == (first, count)
    located = Practice.objects.filter(name__in=names).exclude(latitude=None)
    shown = sum(int(dot.find("text").get_text()) if dot.find("text") else 1 for dot in soup.select("a.place-map__dot"))
    assert shown == located.count()


def test_a_place_without_a_practice_gets_the_nearest_with_how_far_they_are(client):
    soup = soup_of(client, "/praktijken/?plaats=apeldoorn")
    assert names_of(soup) == ["Thuis aan de IJssel", "Huis en Heide", "Achterhoek Thuis"]
    assert "In apeldoorn zelf is nog geen praktijk" in soup.select_one("[role=status]").get_text()
    assert "ongeveer 14 km" in soup.select_one("table.stacked tbody tr").get_text()
    assert names_of(soup_of(client, "/praktijken/?plaats=apeldoorn&aanbieder=stadshaard")) == ["Stadshaard"]


def test_a_province_and_a_town_of_one_name_find_both_and_who_comes_there_from_elsewhere(client):
    Practice.objects.filter(name="Thuis aan de IJssel").update(municipalities_served="Utrecht")
    found = set(names_of(soup_of(client, "/praktijken/?plaats=Utrecht")))
    in_province = set(Practice.objects.shown().filter(province="UT").values_list("name", flat=True))
    assert found == in_province | {"Thuis aan de IJssel"}


def test_a_choice_without_practices_offers_all(client):
    assert "Geen praktijk gevonden" in soup_of(client, "/praktijken/?gemeente=Atlantis").get_text()


def test_the_form_keeps_what_was_chosen(client):
    soup = soup_of(client, "/praktijken/?provincie=OV&plaats=Deventer")
    assert soup.find("option", value="OV").has_attr("selected")
    assert soup.find("input", attrs={"name": "plaats"})["value"] == "Deventer"
    assert soup.find("details", open=True)


def test_the_map_is_small_and_every_dot_is_a_link_that_says_where_it_leads(client):
    soup = soup_of(client, "/praktijken/")
    figure = soup.find("figure", class_="place-map")
    assert len(gzip.compress(str(figure).encode())) <= 25_000
    for dot in figure.select("a.place-map__dot"):
        assert dot["aria-label"]
        assert client.get(dot["href"]).status_code == 200
    assert "Den Haag: 2 praktijken" in str(figure)
    assert "CC BY 4.0" in figure.figcaption.get_text()
    assert not re.search(r'(?:src|href)="https?:', str(figure))


def test_a_befriended_practice_has_another_shape_and_does_not_count_as_a_member(client):
    soup = soup_of(client, "/praktijken/")
    brussels = soup.find("a", attrs={"aria-label": "Brussel: Housing First Brussel (SMES-B)"})
    assert brussels.find("rect")
    assert "33 praktijken van het netwerk" in soup.get_text()
    page = soup_of(client, brussels["href"]).get_text(" ", strip=True)
    assert "Bevriende praktijk" in page
    assert "(België)" in page


def rings_of(path):
    """Return the corners of each ring of an outline, in the form in which ours are written."""
    for ring in path.split("z")[:-1]:
        start, steps = ring[1:].split("l")
        corners = [tuple(map(int, start.split()))]
        numbers = list(map(int, steps.split()))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            corners.append((corners[-1][0] + dx, corners[-1][1] + dy))
        yield corners


def is_inside(point, path):
    x, y = point
    inside = False
    for corners in rings_of(path):
        for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


def test_every_dot_stands_in_its_own_province_and_brussels_south_of_all():
    outlines = province_outlines()["provinces"]
    located = Practice.objects.exclude(latitude=None).exclude(province="")
    assert located.count() >= 28
    astray = []
    for practice in located:
        x, y = map_position(practice.latitude, practice.longitude)
        # The coast is drawn with straight lines: a harbour may lie five units outside.
        around = [(x + dx, y + dy) for dx in (-5, 0, 5) for dy in (-5, 0, 5)]
        if not any(is_inside(point, outlines[practice.province]) for point in around):
            astray.append(practice.name)
    assert astray == []
    x, y = map_position(*locate("Brussel", "BE"))
    assert not any(is_inside((x, y), path) for path in outlines.values())
    assert y > map_position(*locate("Breda", "NL"))[1]
    assert locate("Atlantis", "NL") is None
    assert map_position(40.4, -3.7) is None


def test_a_practice_off_the_map_is_in_the_list(client):
    Practice.objects.create(
        name="Thuis in Madrid",
        care_provider=CareProvider.objects.get(name="LIMOR"),
        municipality="Madrid",
        latitude=40.4,
        longitude=-3.7,
    )
    soup = soup_of(client, "/praktijken/?plaats=Madrid")
    assert names_of(soup) == ["Thuis in Madrid"]
    assert soup.select("a.place-map__dot") == []


def test_two_practices_with_one_name_in_their_address_have_two_pages(client):
    provider = CareProvider.objects.get(name="LIMOR")
    first = Practice.objects.create(name="Thuis: Zeist", care_provider=provider, municipality="Zeist")
    second = Practice.objects.create(name="Thuis Zeist", care_provider=provider, municipality="Zeist")
    assert (first.slug, second.slug) == ("thuis-zeist", "thuis-zeist-2")
    assert first.latitude == pytest.approx(52.09, abs=0.01)
    assert CareProvider.objects.create(name="!!!").slug == "praktijk"


def test_the_page_of_a_practice_says_what_it_does_for_whom_where_and_what_it_published(client, read_graph):
    url = "/praktijken/thuis-in-twente/"
    text = soup_of(client, url).get_text(" ", strip=True)
    for words in (
        "Ons team heeft geen spreekkamer.",
        "Voor volwassenen en jongeren",
        "Hengelo",
        "twente@example.nl",
        "Zorg die naar je toe komt",
        "Talkshow maart: zorg die past",
        "Verzonnen voorbeeld",
    ):
        assert words in text, words
    data = read_graph(client.get(url))[0]
    assert (data["@type"], data["name"]) == ("Organization", "Thuis in Twente")
    assert data["areaServed"] == ["Enschede", "Hengelo", "Almelo"]


def test_the_page_of_a_care_provider_lists_its_practices_and_what_they_published(client):
    soup = soup_of(client, "/praktijken/aanbieder/stichting-de-lantaarn/")
    assert sorted(names_of(soup)) == ["Thuis aan de IJssel", "Thuis in Twente", "Thuis in de Kop"]
    assert "De eerste nacht in een eigen huis" in soup.get_text()


def test_a_practice_without_words_invites_to_call(client):
    text = soup_of(client, "/praktijken/housing-first-van-bureau-zin/").get_text()
    assert "schreef nog niets over haar aanpak" in text
    assert "nog geen contactgegevens" in text
    assert "nog niet nagekeken" in text


def test_what_is_not_there_is_not_found(client):
    assert client.get("/praktijken/bestaat-niet/").status_code == 404
    assert client.get("/praktijken/aanbieder/bestaat-niet/").status_code == 404


def test_an_entry_older_than_half_a_year_says_so(client):
    practice = Practice.objects.get(name="Thuis in de Kop")
    assert not practice.is_fresh(timezone.localdate())
    assert "voor het laatst nagekeken" in soup_of(client, "/praktijken/thuis-in-de-kop/").get_text()
    practice.confirmed_date = timezone.localdate() - timedelta(days=183)
    practice.save()
    assert "Nagekeken door de praktijk" in soup_of(client, "/praktijken/thuis-in-de-kop/").get_text()


@pytest.mark.parametrize(
    ("email", "slug", "may"),
    [
        ("lid@example.nl", "thuis-aan-de-ijssel", True),
        ("lid@example.nl", "thuis-in-de-kop", False),
        ("redactie@example.nl", "thuis-in-de-kop", True),
        (None, "thuis-in-de-kop", False),
    ],
)
def test_people_of_a_practice_confirm_its_own_entry_only(client, django_user_model, email, slug, may):
    if email:
        client.force_login(django_user_model.objects.get(email=email))
    Practice.objects.filter(slug=slug).update(confirmed_date=None)
    has_button = "Ja, dit klopt nog" in soup_of(client, f"/praktijken/{slug}/").get_text()
    assert has_button is may
    assert client.get(f"/praktijken/{slug}/bevestigen/").status_code == 302
    answer = client.post(f"/praktijken/{slug}/bevestigen/")
    assert answer.status_code == (302 if may else 403)
    confirmed = Practice.objects.get(slug=slug).confirmed_date
    assert confirmed == (timezone.localdate() if may else None)


def test_a_hidden_article_does_not_show_at_its_practice(client):
    page = PracticeArticlePage.objects.filter(practice__slug="housing-first-den-haag-limor").first()
    assert page.title in soup_of(client, "/praktijken/housing-first-den-haag-limor/").get_text()
    page.audience = "network"
    page.save_revision().publish()
    assert page.title not in soup_of(client, "/praktijken/housing-first-den-haag-limor/").get_text()


def test_search_finds_a_practice_by_what_it_does(client):
    html = client.get("/zoeken/?q=spreekkamer&soort=practice").content.decode()
    assert "/praktijken/thuis-in-twente/" in html


def test_groups_of_people_and_practices_are_named_by_their_name():
    practice = Practice.objects.get(slug="thuis-in-twente")
    assert [str(group) for group in practice.target_groups.all()] == ["Volwassenen", "Jongeren van 18 tot 27 jaar"]
