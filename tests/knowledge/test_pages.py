"""The pages: what they show, what they refuse, and how many queries they take."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail.models import Page

from knowledge.models import (
    ArticleIndexPage,
    ContentPage,
    FrameworkPage,
    HomePage,
    KnowledgePage,
    PracticeArticlePage,
)
from thuisbasis.network.models import Audience

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def article(slug="de-lange-zondag"):
    return PracticeArticlePage.objects.get(slug=slug)


def soup_of(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize(
    ("url", "heading"),
    [
        ("/", "Eerst een thuis. Dan de rest."),
        ("/praktijkvoorbeelden/", "Praktijkvoorbeelden"),
        ("/praktijkvoorbeelden/den-haag-actief/", "Den Haag Actief"),
        ("/themas/", "Thema's"),
        ("/themas/wonen/", "Wonen en huren"),
        ("/publicaties/housing-first-op-een-bladzijde/", "Housing First op één bladzijde"),
        ("/projecten/housing-first-nederland/", "Housing First Nederland"),
        ("/voorzorg/", "Voorzorg"),
        ("/voorzorg/outreach/", "Outreach"),
        ("/voorzorg/dekking/", "Wat weten we al?"),
        ("/praktijken/?plaats=Zwolle", "Praktijken"),
        ("/beweging-in-kwetsbaarheid/", "Beweging in kwetsbaarheid"),
        ("/wat-is-housing-first/", "Wat is Housing First?"),
        ("/zoeken/?q=huur", "Zoeken"),
        ("/account/inloggen/", "Inloggen"),
        ("/galerij/", "Galerij"),
    ],
)
def test_every_kind_of_page_has_one_main_heading(client, url, heading):
    headings = soup_of(client, url).find_all("h1")
    assert [found.get_text(strip=True) for found in headings] == [heading]


def test_a_page_that_does_not_exist_says_so_in_dutch(client):
    response = client.get("/bestaat-niet/")
    assert response.status_code == 404
    assert "Deze deur bestaat niet" in response.content.decode()


def test_lineage_shows_both_ways(client):
    assert soup_of(client, "/praktijkvoorbeelden/den-haag-actief/").find("a", string="Zwolle Actief")
    assert soup_of(client, "/praktijkvoorbeelden/zwolle-actief/").find("a", string="Den Haag Actief")


def test_a_circular_lineage_is_refused():
    origin, derived = article("zwolle-actief"), article("den-haag-actief")
    origin.derived_from = derived
    with pytest.raises(ValidationError) as refusal:
        origin.full_clean()
    assert "derived_from" in refusal.value.message_dict


def test_an_expired_assessment_shows_as_expired_and_leaves_the_filter(client):
    page = soup_of(client, "/praktijkvoorbeelden/een-huurcontract-op-eigen-naam/")
    assert "Beoordeling verlopen" in page.get_text()
    listed = soup_of(client, "/praktijkvoorbeelden/?bewijs=described").get_text()
    assert "Een team met ervaringsdeskundigen" in listed
    assert "Een huurcontract op eigen naam" not in listed


def test_an_assessment_needs_an_assessor_and_a_date():
    page = article()
    page.evidence_level = "effective"
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert "evidence_level" in refusal.value.message_dict


@pytest.mark.parametrize("field", ["summary", "contact_name", "contact_email", "content_owner"])
def test_publishing_without_what_readers_need_is_refused_at_the_field(field):
    page = article()
    setattr(page, field, None if field == "content_owner" else "")
    with pytest.raises(ValidationError) as refusal:
        page.save_revision().publish()
    assert field in refusal.value.message_dict


def test_a_summary_of_more_than_120_words_is_refused():
    page = article()
    page.summary = "woord " * 121
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert "121" in str(refusal.value.message_dict["summary"])


def test_own_practice_needs_a_practice():
    page = article()
    page.audience, page.practice = Audience.OWN_PRACTICE, None
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert "practice" in refusal.value.message_dict


def test_a_reader_can_cite_an_article(client):
    response = client.get("/praktijkvoorbeelden/den-haag-actief/ris/")
    assert response.headers["Content-Type"].startswith("application/x-research-info-systems")
    lines = response.content.decode().split("\r\n")
    assert lines[0] == "TY  - ELEC"
    assert "TI  - Den Haag Actief" in lines
    assert "Housing First Nederland. (2021). Den Haag Actief." in article("den-haag-actief").apa()


def test_a_publication_is_cited_by_its_authors_and_year():
    publication = Page.objects.get(slug="housing-first-op-een-bladzijde").specific
    assert publication.apa().startswith("Redactie Thuisbasis. (2021).")


def test_a_page_without_date_is_cited_without_date():
    assert "(z.d.)" in PracticeArticlePage(title="X").apa()


def test_downloads_name_their_kind_and_size(client):
    text = soup_of(client, "/publicaties/housing-first-op-een-bladzijde/").get_text(" ", strip=True)
    assert "PDF," in text
    assert "KB" in text


def test_a_document_is_served_as_a_download_and_not_from_the_web_root(client):
    page = soup_of(client, "/publicaties/housing-first-op-een-bladzijde/")
    url = page.find("a", download=True)["href"]
    response = client.get(url)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert url.startswith("/documenten/")


def test_an_important_change_is_listed_and_dates_the_page(client):
    page = article()
    page.change_notes.create(date=date(2022, 5, 2), text="Nieuwe cijfers toegevoegd")
    page.save_revision().publish()
    text = soup_of(client, page.url).get_text(" ", strip=True)
    assert "Nieuwe cijfers toegevoegd" in text
    assert "bijgewerkt op maandag 2 mei 2022" in text


def test_footnotes_keep_number_and_way_back(client):
    page = article()
    footnote = page.footnotes.create(
        text="<p>Bron: verzonnen rapport</p>", uuid="0f4a3c8a-2a0f-4e5b-9a1d-0b6a3b6f1a11", locale=page.locale
    )
    page.body = [("text", f'<p>Een feit.<footnote id="{footnote.uuid}">0f4a3c</footnote></p>')]
    page.save_revision().publish()
    soup = soup_of(client, page.url)
    reference = soup.find("a", class_="footnote-reference")
    assert reference["href"] == "#footnote-1"
    assert soup.find(id="footnote-1").find("a", href=f"#{reference['id']}")


def test_a_practice_is_found_by_place(client):
    text = soup_of(client, "/praktijken/?plaats=den+haag").get_text()
    assert "Housing First Den Haag (LIMOR)" in text
    assert "Thuis in Twente" not in text


def test_an_unknown_place_gets_a_next_step(client):
    soup = soup_of(client, "/praktijken/?plaats=Atlantis")
    assert "Geen praktijk gevonden" in soup.get_text()
    assert soup.find("a", string="Alle praktijken")


def test_the_directory_counts_33_practices_of_23_providers(client):
    text = soup_of(client, "/praktijken/").get_text(" ", strip=True)
    assert "33 praktijken van het netwerk, van 23 zorgaanbieders" in text


def test_a_filter_keeps_what_was_chosen_in_the_address(client):
    soup = soup_of(client, "/praktijkvoorbeelden/?thema=buren")
    assert soup.find("a", attrs={"aria-current": "true"}, string="Leven met buren")
    assert "thema=buren&bewijs=described" in str(soup).replace("&amp;", "&")


def test_a_choice_without_results_offers_everything(client):
    soup = soup_of(client, "/praktijkvoorbeelden/?thema=bestaat-niet")
    assert "Niets bij deze keuze" in soup.get_text()


def test_an_empty_theme_tells_what_to_do(client):
    for page in KnowledgePage.objects.all():
        page.specific.themes.clear()
        page.specific.save()
    assert "Nog niets over dit thema" in soup_of(client, "/themas/wonen/").get_text()


def test_an_unknown_theme_does_not_exist(client):
    assert client.get("/themas/onbekend/").status_code == 404


def test_the_home_page_shows_new_articles_a_campaign_and_a_search_by_place(client):
    soup = soup_of(client, "/")
    assert len(soup.find("section", attrs={"aria-labelledby": "nieuw"}).find_all("article")) == 3
    assert "Beweging in kwetsbaarheid" in soup.get_text()
    assert soup.find("input", attrs={"name": "plaats"})


def test_an_empty_site_still_has_a_home_page(rf):
    home = HomePage(title="Leeg", heading="Leeg", introduction="Leeg", path="", depth=0)
    request = rf.get("/")
    from thuisbasis.network.policies import ANONYMOUS

    request.visitor = ANONYMOUS
    context = home.get_context(request)
    assert context["article_cards"] == []
    assert context["campaign"] is None


def test_a_member_page_does_not_exist_for_others_and_does_for_members(client, django_user_model):
    page = article()
    page.audience = Audience.NETWORK
    page.save_revision().publish()
    assert client.get(page.url).status_code == 404
    client.force_login(django_user_model.objects.get(email="lid@example.nl"))
    response = client.get(page.url)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"


def test_an_editor_previews_what_is_for_the_steering_group(client, django_user_model):
    page = article()
    page.audience = Audience.STEERING_GROUP
    page.save_revision().publish()
    client.force_login(django_user_model.objects.get(email="redactie@example.nl"))
    assert client.get(page.url).status_code == 404
    assert client.get(f"/cms/pages/{page.pk}/view_draft/").status_code == 200


def test_every_page_type_follows_the_house_rules():
    from django.core.management import call_command

    call_command("check", fail_level="WARNING")


def test_a_page_type_that_breaks_the_house_rules_is_reported(monkeypatch):
    from thuisbasis.base.checks import _field_errors, _template_errors

    class BarePage(ContentPage):
        class Meta:
            abstract = True

    BarePage.template = "knowledge/does_not_exist.html"
    assert [error.id for error in _template_errors(BarePage)] == ["thuisbasis.E001"]
    monkeypatch.setattr(Page, "always_public", False, raising=False)
    assert {"thuisbasis.E002", "thuisbasis.E003"} <= {error.id for error in _field_errors(Page)}


def test_sections_stay_where_editors_put_them():
    assert ArticleIndexPage.objects.get(slug="praktijkvoorbeelden").get_parent().specific == HomePage.objects.get(
        slug="home"
    )
    assert FrameworkPage.objects.get(slug="voorzorg").get_parent().specific == HomePage.objects.get(slug="home")


@pytest.mark.parametrize("url", ["/fr/projecten/", "/en/praktijken/", "/en/voorzorg/outreach/"])
def test_dutch_pages_do_not_pose_as_translations(client, url):
    assert client.get(url).status_code == 404


def test_every_block_has_a_preview_in_the_editor(client, django_user_model):
    from knowledge.blocks import BodyBlock

    client.force_login(django_user_model.objects.get(email="redactie@example.nl"))
    for name, block in BodyBlock().child_blocks.items():
        assert block.label, name
        assert block.meta.description, name
        response = client.get("/cms/block-preview/", {"id": block.definition_prefix})
        assert response.status_code == 200, name
        assert "base/foundation.css" in response.content.decode(), name
