"""Editors see which translations are behind, and make and publish those of a campaign together."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.utils import translation
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.machine_translators.dummy import DummyTranslator
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from knowledge.models import CampaignPage, HomePage, KnowledgePage, PageTranslation, PracticeArticlePage, Transcript
from knowledge.services import (
    TranslationsAreNotReady,
    bring_translations,
    confirm_translation,
    publish_translations,
    translations_of,
)
from thuisbasis.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SPOKEN = "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nBonjour."
EN = "/en/practice-examples/the-long-sunday/"


@pytest.fixture
def moderator():
    return User.objects.get(email="redactie@example.nl")


@pytest.fixture
def sunday():
    return PracticeArticlePage.objects.get(slug="de-lange-zondag")


@pytest.fixture
def campaign():
    return CampaignPage.objects.get(slug="beweging-in-kwetsbaarheid")


@pytest.fixture
def french():
    return Locale.objects.get(language_code="fr")


def change(page, **values):
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def note(client, path=EN):
    found = BeautifulSoup(client.get(path).content, "html.parser").find(class_="page-head__newer")
    return found.a["href"] if found else None


def state_of(campaign, page, language):
    [row] = [row for row in translations_of(campaign=campaign) if row.page.pk == page.pk]
    return {state.locale.language_code: state.state for state in row.states}[language]


def write(translation, text="Vertaald"):
    """Fill in every string as a translator would."""
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": f"{text} {segment.string.data}"[:110], "translation_type": "manual"},
        )


def test_a_translation_is_behind_when_its_source_was_published_again(client, sunday):
    assert not PageTranslation.objects.behind().exists()
    assert note(client) is None
    change(sunday, summary="Een nieuwe samenvatting.")
    behind = PageTranslation.objects.behind()
    assert {row.page.title for row in behind} == {"The long Sunday", "Le long dimanche"}
    assert note(client) == sunday.url
    [english] = [row for row in behind if row.page.locale.language_code == "en"]
    change(english.page.specific, title="The long, long Sunday")
    assert note(client) == sunday.url, "who mends a comma did not translate the news"
    confirm_translation(translation=english)
    assert note(client) is None
    assert {row.page.title for row in PageTranslation.objects.behind()} == {"Le long dimanche"}


def test_a_draft_of_the_source_makes_nothing_stale(client, sunday):
    sunday.summary = "Nog niet klaar."
    sunday.save_revision()
    assert not PageTranslation.objects.behind().exists()


def test_editors_see_what_is_behind_with_the_difference_and_say_when_it_is_right(client, sunday, logged_in, moderator):
    change(sunday, summary="Op zondag is het stil. Heel stil.")
    logged_in(moderator)
    soup = BeautifulSoup(client.get("/cms/vertalingen/").content, "html.parser")
    row = next(row for row in soup.find_all("tr") if "The long Sunday" in row.get_text())
    difference = client.get(row.find("a", string=lambda text: text and "veranderde" in text)["href"])
    assert difference.status_code == 200
    assert "Heel stil." in difference.content.decode()
    data = {field["name"]: field["value"] for field in row.find_all("input") if field["name"] != "csrfmiddlewaretoken"}
    answer = client.post("/cms/vertalingen/", data, follow=True)
    assert "The long Sunday" not in [
        cell.get_text() for cell in BeautifulSoup(answer.content, "html.parser").select("th a")
    ]
    assert client.post("/cms/vertalingen/", {"translation": "x"}).status_code == 200


def test_a_synchronised_translation_says_what_was_taken_over_not_what_came_after(sunday, campaign, french, moderator):
    bring_translations(campaign=campaign, locale=french, user=moderator)
    kept = Translation.objects.filter(target_locale=french).first()
    source = kept.source.get_source_instance()
    write(kept)
    change(source.specific, title="Toch anders")
    kept.get_target_instance().get_latest_revision().publish()
    record = PageTranslation.objects.get(page=kept.get_target_instance().pk)
    assert record in PageTranslation.objects.behind()
    TranslationSource.update_or_create_from_instance(Page.objects.get(pk=source.pk).specific)
    kept.get_target_instance().get_latest_revision().publish()
    assert record not in PageTranslation.objects.behind()


def test_what_a_machine_wrote_is_marked_until_somebody_read_it(client, campaign, french, moderator, settings):
    assert not hasattr(settings, "WAGTAILLOCALIZE_MACHINE_TRANSLATOR"), "off by default"
    bring_translations(campaign=campaign, locale=french, user=moderator)
    kept = Translation.objects.get(target_locale=french, source__object_repr__contains="Gesprekskaart")
    segments = list(kept.source.stringsegment_set.all())
    words = DummyTranslator({}).translate(
        Locale.get_default(), french, {segment.string.as_value() for segment in segments}
    )
    for segment in segments:
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=french,
            context=segment.context,
            data=words[segment.string.as_value()].data,
            translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
            tool_name="Dummy",
        )
    kept.source.create_or_update_translation(french, publish=False, fallback=True)
    page = kept.get_target_instance()
    page.get_latest_revision().publish()
    page = KnowledgePage.objects.get(pk=page.pk)
    assert "Traduit par un ordinateur" in client.get(page.url).content.decode()
    record = PageTranslation.objects.get(page=page.pk)
    assert record in PageTranslation.objects.needing_attention()
    confirm_translation(translation=record)
    assert "Traduit par un ordinateur" not in client.get(page.url).content.decode()
    page.get_latest_revision().publish()
    assert not PageTranslation.objects.get(pk=record.pk).is_unreviewed, "somebody read it already"


def test_a_campaign_is_translated_and_published_at_once(client, campaign, french, moderator):
    rows = translations_of(campaign=campaign)
    assert len(rows) > 15
    missing = [row.page for row in rows if state_of(campaign, row.page, "fr") == "missing"]
    assert bring_translations(campaign=campaign, locale=french, user=moderator) == len(missing)
    assert {state_of(campaign, page, "fr") for page in missing} == {"draft"}
    assert not Page.objects.filter(locale=french, live=True, alias_of__isnull=False).exists()
    assert client.get("/fr/publicaties/").status_code == 404, "nobody reads a draft"
    with pytest.raises(TranslationsAreNotReady) as refused:
        publish_translations(campaign=campaign, locale=french, user=moderator)
    assert len(refused.value.problems) == len(missing)
    for kept in Translation.objects.filter(target_locale=french):
        write(kept)
        kept.source.create_or_update_translation(french, publish=False)
    translation.activate("nl")
    with pytest.raises(TranslationsAreNotReady, match="uitgeschreven tekst"):
        publish_translations(campaign=campaign, locale=french, user=moderator)
    assert {state_of(campaign, page, "fr") for page in missing} == {"draft"}, "all or none"
    for page in missing:
        if hasattr(page.specific, "transcripts"):
            change(
                page.specific, transcripts=[*page.specific.transcripts.all(), Transcript(language="fr", source=SPOKEN)]
            )
    bring_translations(campaign=campaign, locale=french, user=moderator)
    assert publish_translations(campaign=campaign, locale=french, user=moderator) == len(missing)
    assert {state_of(campaign, page, "fr") for page in missing} == {"live"}
    assert bring_translations(campaign=campaign, locale=french, user=moderator) == 0


def test_translations_kept_by_hand_are_left_alone(campaign, french, moderator):
    by_hand = CampaignPage.objects.get(slug="la-vulnerabilite-en-mouvement")
    change(campaign, title="Nog meer beweging")
    assert state_of(campaign, campaign, "fr") == "behind"
    bring_translations(campaign=campaign, locale=french, user=moderator)
    by_hand.refresh_from_db()
    assert by_hand.title == "La vulnérabilité en mouvement"
    assert not by_hand.has_unpublished_changes


def test_a_draft_made_by_hand_is_published_with_its_campaign(campaign, french, moderator):
    by_hand = CampaignPage.objects.get(slug="la-vulnerabilite-en-mouvement")
    by_hand.title = "La vulnérabilité bouge"
    by_hand.save_revision()
    assert publish_translations(campaign=campaign, locale=french, user=moderator) == 1
    by_hand.refresh_from_db()
    assert by_hand.title == "La vulnérabilité bouge"


def test_who_may_not_publish_one_of_them_publishes_none(campaign, french, moderator):
    bring_translations(campaign=campaign, locale=french, user=moderator)
    for kept in Translation.objects.filter(target_locale=french):
        write(kept)
    group = Group.objects.create(name="Franse redactie")
    section = Page.objects.get(slug="voir-et-ecouter")
    for name in ("change_page", "publish_page"):
        permission = Permission.objects.get(codename=name, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=section, permission=permission)
    colleague = User.objects.get(email="lid@example.nl")
    colleague.groups.add(group)
    before = Page.objects.filter(locale=french, live=True).count()
    with pytest.raises(TranslationsAreNotReady) as refused:
        publish_translations(campaign=campaign, locale=french, user=User.objects.get(pk=colleague.pk))
    assert any("mag je niet publiceren" in problem for problem in refused.value.problems)
    assert Page.objects.filter(locale=french, live=True).count() == before
    with pytest.raises(TranslationsAreNotReady):
        bring_translations(campaign=campaign, locale=french, user=User.objects.get(pk=colleague.pk))


def test_the_page_of_a_campaign_offers_both_and_tells_what_is_in_the_way(
    client, campaign, french, logged_in, moderator
):
    logged_in(moderator)
    address = f"/cms/vertalingen/campagne/{campaign.pk}/"
    assert address in client.get(f"/cms/pages/{campaign.pk}/edit/").content.decode()
    answer = client.post(address, {"locale": french.pk, "action": "bring"}, follow=True)
    assert "Klaar: " in answer.content.decode()
    answer = client.post(address, {"locale": french.pk, "action": "publish"})
    assert "is nog niet helemaal vertaald" in answer.content.decode()
    assert client.post(address, {"locale": "0", "action": "weg"}).status_code == 200


def test_a_page_translated_before_its_section_makes_a_draft_of_the_section_not_an_alias(french):
    page = KnowledgePage.objects.get(slug="housing-first-nederland")
    page.specific.copy_for_translation(french, copy_parents=True)
    parent = Page.objects.get(translation_key=page.get_parent().translation_key, locale=french)
    assert (parent.alias_of, parent.live) == (None, False)
    assert HomePage.objects.get(locale=french).live
