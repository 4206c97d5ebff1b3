"""People: named as they agreed, and gone everywhere the moment they take it back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.utils import timezone

from knowledge.models import Appearance, EpisodePage, PracticeArticlePage, PublicationPage, TalkShowPage
from knowledge.services import pages_with, texts_that_name
from thuisbasis.network.models import Consent, Person
from thuisbasis.network.services import withdraw_consent

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CANARY = "Kanarie Vogelproef"


@pytest.fixture
def person(make_image):
    """Someone who agreed to everything, and is author, host, guest and contact."""
    person = Person.objects.create(
        name=CANARY, email="kanarie@example.nl", description="proefvogel", photo=make_image(400, 400, "RGB", "JPEG")
    )
    for use in ("author", "host", "guest", "contact", "photo"):
        Consent.objects.create(person=person, use=use, given_date=date(2021, 1, 1))
    return person


@pytest.fixture
def surfaces(person):
    """Every address on which the person is named or said."""
    episode = EpisodePage.objects.get(slug="weten-hoe-het-is")
    show = TalkShowPage.objects.get(slug="talkshow-april-leren-van-ervaring")
    for page in (episode, show):
        text = page.transcripts.get()
        text.source = text.source.replace("<v Ruud>", f"<v {CANARY}>", 1).replace("</v>", "") + (
            f"\n\n59:01.000 --> 59:02.000\n<v Noor Verzonnen>Dank je, {CANARY}.\n"
        )
        page.transcripts = [text]
        page.appearances = [*page.appearances.all(), Appearance(person=person, role="guest", sort_order=9)]
        page.save_revision().publish()
    article = PracticeArticlePage.objects.get(slug="de-lange-zondag")
    article.appearances = [Appearance(person=person, role="author"), Appearance(person=person, role="contact")]
    article.save_revision().publish()
    publication = PublicationPage.objects.get(slug="housing-first-op-een-bladzijde")
    publication.appearances = [Appearance(person=person, role="author")]
    publication.save_revision().publish()
    podcast = episode.podcast
    podcast.appearances = [Appearance(person=person, role="host")]
    podcast.save_revision().publish()
    texts = [page.text_url("nl", form) for page in (episode, show) for form in ("vtt", "srt", "json", "html")]
    pages = [page.url for page in (episode, show, article, publication, podcast)]
    return [
        *pages,
        *texts,
        "/feeds/podcast/thuis-gesproken.xml",
        f"{article.url}ris/",
        "/zoeken/?q=vogelproef",
    ]


def named_on(client, surfaces, name=CANARY):
    return [
        url for url in surfaces if name in client.get(url).content.decode().replace("<mark>", "").replace("</mark>", "")
    ]


def test_who_agreed_is_named_everywhere_and_who_takes_it_back_nowhere_at_once(client, person, surfaces, read_graph):
    found = named_on(client, surfaces)
    # A hit shows the words around it, so the name may not be in view there: the hit itself is.
    assert [url for url in surfaces if url not in found] in ([], ["/zoeken/?q=vogelproef"])
    assert "Weten hoe het is" in client.get("/zoeken/?q=vogelproef").content.decode()
    ended = withdraw_consent(
        person=person, uses=frozenset({"author", "host", "guest", "contact", "photo"}), today=timezone.localdate()
    )
    assert ended == 5
    assert named_on(client, surfaces) == []
    assert named_on(client, surfaces, "kanarie@example.nl") == []
    assert "Weten hoe het is" not in client.get("/zoeken/?q=vogelproef").content.decode()
    graph = str([read_graph(client.get(url)) for url in surfaces[:5]])
    assert CANARY not in graph
    assert "Spreker 1" in client.get(surfaces[5]).content.decode()
    assert "[naam weggelaten]" in client.get(surfaces[5]).content.decode()


def test_the_feed_tells_apps_that_somebody_left(client, person, surfaces):
    feed = "/feeds/podcast/thuis-gesproken.xml"
    before = client.get(feed)
    withdraw_consent(person=person, uses=frozenset({"guest", "host"}), today=timezone.localdate())
    after = client.get(feed, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert CANARY not in after.content.decode()


def test_each_use_is_asked_for_by_itself(client, person, surfaces):
    withdraw_consent(person=person, uses=frozenset({"photo"}), today=timezone.localdate())
    page = client.get(surfaces[0]).content.decode()
    assert CANARY in page
    assert "people__photo" not in page
    withdraw_consent(person=person, uses=frozenset({"guest"}), today=timezone.localdate())
    assert CANARY not in client.get(surfaces[0]).content.decode()
    assert CANARY in client.get(surfaces[2]).content.decode()


def test_a_face_shows_only_with_consent_for_it(client, person, surfaces):
    assert "people__photo" in client.get(surfaces[0]).content.decode()


def test_who_is_on_a_page_cannot_be_deleted_as_then_nobody_would_know_what_to_leave_out(person, surfaces):
    with pytest.raises(ProtectedError):
        person.delete()


def test_who_is_taken_off_a_page_is_not_found_by_it_any_more(client, person, surfaces):
    article = PracticeArticlePage.objects.get(slug="de-lange-zondag")
    assert "De lange zondag" in client.get("/zoeken/?q=vogelproef").content.decode()
    for appearance in Appearance.objects.filter(page=article):
        appearance.delete()
    assert "De lange zondag" not in client.get("/zoeken/?q=vogelproef").content.decode()


def test_consent_counts_from_its_day_until_the_day_it_is_withdrawn(person):
    today = timezone.localdate()
    consent = person.consents.get(use="guest")
    consent.given_date, consent.withdrawn_date = today - timedelta(days=2), today
    consent.full_clean()
    consent.save()
    days = [today + timedelta(days=number) for number in (-3, -2, -1, 0, 1)]
    assert ["guest" in person.uses_agreed_on(day) for day in days] == [False, True, True, False, False]
    assert Person(name="Nieuw").uses_agreed_on(today) == frozenset()


def test_consent_ends_at_once_and_not_on_a_later_day(person):
    consent = person.consents.get(use="guest")
    consent.withdrawn_date = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="intrekken werkt meteen"):
        consent.full_clean()


def test_consent_cannot_end_before_it_was_given(person):
    consent = person.consents.get(use="guest")
    consent.withdrawn_date = date(2020, 1, 1)
    with pytest.raises(ValidationError):
        consent.full_clean()
    with pytest.raises(IntegrityError):
        consent.save()


def test_an_editor_sees_where_someone_is_named_and_ends_it_with_one_click(client, person, surfaces, django_user_model):
    client.force_login(django_user_model.objects.get(email="redactie@example.nl"))
    url = f"/cms/mensen/{person.pk}/toestemming-intrekken/"
    page = client.get(url).content.decode()
    assert "Weten hoe het is" in page
    assert "Vink aan wat je wilt intrekken." in client.post(url, {}).content.decode()
    done = client.post(url, {"uses": ["author", "host", "guest", "contact", "photo"]}).content.decode()
    assert "nergens meer te vinden" in done
    assert "Er is geen toestemming meer die geldt" in done
    client.logout()
    assert named_on(client, surfaces) == []


def test_only_who_may_change_people_ends_consent(client, person, django_user_model):
    client.force_login(django_user_model.objects.get(email="lid@example.nl"))
    assert client.get(f"/cms/mensen/{person.pk}/toestemming-intrekken/").status_code == 404


def test_a_name_in_the_text_itself_is_listed_for_the_editor(person):
    article = PracticeArticlePage.objects.get(slug="zwolle-actief")
    article.summary = f"Een verhaal van {CANARY}."
    article.save_revision().publish()
    assert [entry.name for entry in texts_that_name(person=person)] == ["Zwolle Actief"]
    assert pages_with(person=person) == []
    assert str(person) == f"{CANARY} (proefvogel)"
    assert str(Person(name="Bo")) == "Bo"
    assert str(person.consents.first()) == "naam bij een tekst (auteur)"
