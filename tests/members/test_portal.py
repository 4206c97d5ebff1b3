"""The portal: what asks for my attention, what is new, where do I find it."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from knowledge.models import PracticeArticlePage
from members.portal.models import Profile
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Audience, Membership, Practice, Role
from thuisbasis.network.registry import Area, Panel, PanelAsk, PanelItem, declare_panel, portal_panels
from thuisbasis.network.services import PracticeIsNotYours, propose_change
from thuisbasis.notices.registry import topics
from thuisbasis.notices.services import frequencies_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
IJSSEL = "/leden/praktijk/thuis-aan-de-ijssel/"


def page(client, url):
    return client.get(url).content.decode()


def test_the_dashboard_says_what_asks_for_attention_what_is_new_and_where_it_is(logged_in, coordinator):
    text = page(logged_in(coordinator), "/leden/")
    assert "Dag Joris" in text
    assert (
        text.index("Dit vraagt je aandacht") < text.index("Nieuw voor jouw praktijk") < text.index("Hier vind je het")
    )
    assert "Wie werkt er nog bij Thuis aan de IJssel?" in text
    assert "Huisdieren mee naar binnen" in text
    assert f'href="{IJSSEL}"' in text


def test_somebody_new_is_asked_for_a_few_words_and_somebody_who_did_that_is_done(client, user):
    newcomer = User.objects.create_user("nieuw@example.nl", "x")
    Membership.objects.create(
        user=newcomer, practice=Practice.objects.get(name="Stadshaard"), role=Role.MEMBER, start_date="2026-01-01"
    )
    client.force_login(newcomer)
    assert "Vertel kort wie je bent" in page(client, "/leden/")
    assert "Welkom" in page(client, "/leden/")
    client.force_login(user("lid"))
    assert "Niets. Je bent helemaal bij." in page(client, "/leden/")


def test_a_partner_sees_that_there_is_nothing_for_him_and_how_to_get_in(client, user):
    client.force_login(user("bruxelles"))
    text = page(client, "/leden/")
    assert "Je hoort nu bij geen praktijk van het netwerk" in text
    assert "Mensen in het netwerk" not in text
    assert client.get("/leden/mensen/").status_code == 404


def test_what_is_for_members_only_is_marked_so(client, user):
    article = PracticeArticlePage.objects.get(slug="outreach-in-de-ochtend")
    article.audience = Audience.NETWORK
    article.first_published_at = timezone.now()
    article.save_revision().publish()
    client.force_login(user("lid"))
    assert "Netwerk: alle aangesloten praktijken" in page(client, "/leden/")


def test_other_apps_plug_in_a_panel(user, visitor):
    panel = Panel(title="Van elders", items=[PanelItem(label="Iets", url="/iets/")])
    declare_panel("proef", area=Area.NEW, order=1, build=lambda ask: panel if ask.user == user("lid") else None)
    try:
        for person, shown in (("lid", True), ("lotte", False)):
            ask = PanelAsk(user=user(person), visitor=visitor(user(person)), today=timezone.localdate())
            assert (panel in portal_panels(ask)[Area.NEW]) is shown
    finally:
        declare_panel("proef", area=Area.NEW, order=1, build=lambda ask: None)


@pytest.mark.parametrize("name", ["lid", "coordinator", "redactie"])
def test_the_dashboard_asks_the_database_30_times_at_most(logged_in, user, name, django_assert_max_num_queries):
    client = logged_in(user(name))
    client.get("/leden/")
    with django_assert_max_num_queries(30):
        client.get("/leden/")


def test_the_directory_finds_people_by_name_work_place_and_subject(client, user):
    client.force_login(user("lid"))
    for words, found in (
        ("daan", "Daan Verzonnen"),
        ("ervaringsdeskundige stadshaard", "Ilse Verzonnen"),
        ("enschede", "Lotte Verzonnen"),
        ("detentie", "Mehmet Verzonnen"),
    ):
        text = page(client, f"/leden/mensen/?q={words}")
        assert found in text, words
        assert "Sanne Verzonnen" not in text, words
    assert "Niemand gevonden" in page(client, "/leden/mensen/?q=xyzzy")
    assert client.get("/leden/mensen/?q=%00&pagina=99999").status_code in (200, 400)


def test_the_directory_asks_the_same_of_the_database_for_two_hundred_people(client, user, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(user("lid"))
    client.get("/leden/mensen/")
    with CaptureQueriesContext(connection) as few:
        client.get("/leden/mensen/")
    practice = Practice.objects.get(name="Stadshaard")
    for number in range(200):
        person = User.objects.create_user(f"veel{number}@example.nl", "x", first_name=f"Aa{number}")
        Membership.objects.create(user=person, practice=practice, role=Role.MEMBER, start_date="2020-01-01")
    with CaptureQueriesContext(connection) as many:
        text = page(client, "/leden/mensen/")
    assert len(many) == len(few)
    assert "Pagina 1 van" in text


def test_who_left_is_in_the_directory_no_more(client, user):
    Membership.objects.filter(user=user("daan")).update(ended_at=timezone.now())
    client.force_login(user("lid"))
    assert "Daan" not in page(client, "/leden/mensen/?q=daan").replace('value="daan"', "")
    assert client.get("/leden/mensen/daan-verzonnen/").status_code == 404


def test_a_profile_shows_what_its_owner_chose(client, user):
    client.force_login(user("lotte"))
    assert "lid@example.nl" in page(client, "/leden/mensen/sanne-verzonnen/")
    client.force_login(user("lid"))
    data = {"first_name": "Sanne", "last_name": "Verzonnen", "job_title": "Begeleider", "phone": "06 1", "about": ""}
    assert client.post("/leden/profiel/wijzigen/", data).url == "/leden/profiel/"
    assert "Zo zien andere leden jou" in page(client, "/leden/profiel/")
    client.force_login(user("lotte"))
    text = page(client, "/leden/mensen/sanne-verzonnen/")
    assert "lid@example.nl" not in text
    assert "06 1" in text


def test_a_bad_profile_keeps_what_was_typed(client, user):
    client.force_login(user("lid"))
    text = client.post("/leden/profiel/wijzigen/", {"first_name": "", "about": "Mijn tekst"}).content.decode()
    assert "verplicht" in text
    assert "Mijn tekst" in text


def test_settings_change_language_and_mail(client, user):
    client.force_login(user("lid"))
    chosen = {f"topic_{topic.name}": "never" for topic in topics()}
    answer = client.post("/leden/instellingen/", {"language": "fr", **chosen})
    assert answer.url == "/fr/leden/instellingen/"
    person = user("lid")
    assert person.language == "fr"
    assert set(frequencies_of(person).values()) == {"never"}
    assert 'lang="fr"' in page(client, "/fr/leden/")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_portal_and_the_door_speak_the_other_languages(client, user, language):
    client.force_login(user("lid"))
    for name in ("portal:dashboard", "portal:people", "portal:settings", "mfa_index", "usersessions_list"):
        text = page(client, f"/{language}{reverse(name)}")
        for dutch in ("Overzicht", "Instellingen", "Uitloggen", "Tweede stap", "Waar ben je"):
            assert dutch not in text, (name, dutch)


def test_people_with_the_same_name_have_addresses_of_their_own(db):
    people = [User.objects.create_user(f"dubbel{n}@example.nl", "x", first_name="Kim", last_name="Bos") for n in (1, 2)]
    assert len({person.profile.slug for person in people}) == 2


def test_my_practice_is_for_its_own_people(client, user):
    client.force_login(user("lid"))
    text = page(client, IJSSEL)
    assert "Fatima Verzonnen" in text
    assert "Nodig een collega uit" not in text
    client.force_login(user("lotte"))
    assert client.get(IJSSEL).status_code == 404
    client.force_login(user("coordinator"))
    assert "Nodig een collega uit" in page(client, IJSSEL)


EDIT = f"{IJSSEL}wijzigen/"
CHANGE = {"approach": "Wij doen het nu anders.", "target_group": "Iedereen", "website": "", "email": "", "phone": ""}


def test_a_coordinators_change_waits_for_the_editors_and_then_shows(logged_in, coordinator, practice, user, client):
    logged_in(coordinator)
    assert client.post(EDIT, CHANGE).url == IJSSEL
    practice.refresh_from_db()
    assert practice.approach != CHANGE["approach"]
    assert "ligt bij de redactie" in page(client, EDIT)
    assert CHANGE["approach"] in page(client, EDIT)
    assert "Ligt bij de redactie" in page(client, "/leden/")
    practice.current_workflow_task.on_action(practice.current_workflow_task_state, user("redactie"), "approve")
    client.logout()
    assert CHANGE["approach"] in page(client, "/praktijken/thuis-aan-de-ijssel/")


def test_a_rejected_change_comes_back_with_the_answer_and_can_be_sent_again(
    logged_in, coordinator, practice, user, client
):
    logged_in(coordinator)
    client.post(EDIT, CHANGE)
    practice.refresh_from_db()
    practice.current_workflow_task.on_action(
        practice.current_workflow_task_state, user("redactie"), "reject", comment="Graag korter."
    )
    assert "Graag korter." in page(client, EDIT)
    assert "vraagt om een aanpassing" in page(client, "/leden/")
    client.post(EDIT, {**CHANGE, "approach": "Korter."})
    practice.refresh_from_db()
    assert practice.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    client.post(EDIT, {**CHANGE, "approach": "Nog korter."})
    practice = Practice.objects.get(pk=practice.pk)
    assert practice.get_latest_revision_as_object().approach == "Nog korter."


def test_others_propose_nothing(practice, user, visitor):
    with pytest.raises(PracticeIsNotYours):
        propose_change(practice=practice, user=user("lid"), visitor=visitor(user("lid")))


def test_a_practice_that_was_long_not_looked_at_asks_for_it(logged_in, coordinator, practice):
    practice.confirmed_date = None
    practice.save()
    assert "Kloppen de gegevens van Thuis aan de IJssel nog?" in page(logged_in(coordinator), "/leden/")


def test_every_account_has_a_profile(db):
    assert Profile.objects.count() == User.objects.count()
    assert str(Profile.objects.get(slug="sanne-verzonnen")) == "Sanne Verzonnen"
