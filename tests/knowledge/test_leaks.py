"""The leak matrix: what is not for a visitor leaves no trace on any surface."""

import re

import pytest
from django.utils import timezone
from wagtail.models import Page

from knowledge.models import (
    EpisodePage,
    FrameworkPage,
    HomePage,
    PracticeArticlePage,
    ProjectPage,
    PublicationPage,
    TalkShowPage,
)
from thuisbasis.network.models import Audience, Membership, Practice, Role, WorkingGroup, WorkingGroupMembership

# What a page shows to whom is the same in every database; `visible_to` itself is tested in both.
pytestmark = [pytest.mark.django_db, pytest.mark.on_server, pytest.mark.no_cover]
CANARY = "Kanarievogelproef"
# Where a page with results repeats what was searched for.
REPEATED = re.compile(rf'“{CANARY}”|(?:value|data-missed)="{CANARY}"|q(?:=|%3D){CANARY}')
SURFACES = [
    "/",
    "/praktijkvoorbeelden/",
    "/praktijkvoorbeelden/?thema=wonen",
    "/themas/",
    "/themas/wonen/",
    "/voorzorg/",
    "/voorzorg/outreach/",
    "/voorzorg/meedoen/",
    "/voorzorg/dekking/",
    "/voorzorg/dekking/csv/",
    "/zoeken/?q=Kanarievogelproef",
    "/zoeken/?q=Kanarievogelproef&soort=article",
    "/feeds/nieuw.xml",
    "/feeds/thema/wonen.xml",
    "/sitemap.xml",
    "/praktijkvoorbeelden/zwolle-actief/",
    "/praktijkvoorbeelden/den-haag-actief/",
    "/beweging-in-kwetsbaarheid/",
    "/over-thuisbasis/",
    "/galerij/",
    "/bestaat-niet/",
    "/projecten/",
    "/publicaties/",
    "/kijk-en-luister/",
    "/kijk-en-luister/thuis-gesproken/",
    "/kijk-en-luister/talkshow/",
    "/feeds/podcast/thuis-gesproken.xml",
    "/feeds/campagne/beweging-in-kwetsbaarheid.xml",
    "/praktijken/",
    "/praktijken/thuis-in-twente/",
    "/praktijken/aanbieder/stichting-de-lantaarn/",
    "/leden/",
    "/leden/mensen/",
    "/leden/mensen/?q=Kanarievogelproef",
    "/leden/profiel/",
    "/leden/mijn-gegevens/",
    "/leden/praktijk/thuis-in-twente/",
    "/demo/",
]
# Where recordings show, besides the pages themselves; the matrix above it covers the rest.
RECORDING_SURFACES = [
    "/",
    "/themas/gezondheid/",
    "/zoeken/?q=Kanarievogelproef",
    "/feeds/nieuw.xml",
    "/sitemap.xml",
    "/beweging-in-kwetsbaarheid/",
    *[
        url
        for url in SURFACES
        if url.startswith(("/kijk-en-luister/", "/feeds/podcast", "/feeds/campagne", "/praktijken/"))
    ],
]
AUDIENCES = {
    "public": {"anonymous", "partner", "member", "colleague", "group", "steering", "editor"},
    "network": {"member", "colleague", "group", "steering", "editor"},
    "working_group": {"group"},
    "own_practice": {"colleague"},
    "steering_group": {"steering"},
}
DEMO = {"member": "lid", "editor": "redactie", "steering": "stuurgroep", "partner": "bruxelles"}
ROLES = ["anonymous", "partner", "member", "colleague", "group", "steering", "editor", "former", "deactivated"]


@pytest.fixture
def canary():
    """A page that would show on every surface, were it public."""
    page = PracticeArticlePage.objects.get(slug="outreach-in-de-ochtend")
    page.title = CANARY
    page.summary = f"{CANARY} in het kort"
    page.first_published_at = timezone.now()
    page.practice = Practice.objects.get(name="Thuis in Twente")
    page.working_group = WorkingGroup.objects.create(name="Kooi", slug="kooi")
    page.derived_from = PracticeArticlePage.objects.get(slug="zwolle-actief")
    page.themes.add(*page.themes.model.objects.filter(slug="wonen"))
    page.elements.add(*page.elements.model.objects.filter(code="VZ3"))
    return page


@pytest.fixture
def visitors(client, django_user_model):
    """Log in as someone with this role."""

    def as_role(role):
        client.logout()
        if role == "anonymous":
            return client
        emails = {role: f"{email}@example.nl" for role, email in DEMO.items()}
        user = django_user_model.objects.filter(email=emails.get(role, f"{role}@example.nl")).first()
        if user is None:
            user = django_user_model.objects.create_user(f"{role}@example.nl", "x", is_active=role != "deactivated")
            practices = {"colleague": "Thuis in Twente", "former": "Thuis in Twente", "deactivated": "Thuis in Twente"}
            Membership.objects.create(
                user=user,
                practice=Practice.objects.get(name=practices.get(role, "Huis en Heide")),
                role=Role.MEMBER,
                start_date="2020-01-01",
                end_date="2021-01-01" if role == "former" else None,
            )
        if role == "group":
            group, _is_new = WorkingGroup.objects.get_or_create(slug="kooi", defaults={"name": "Kooi"})
            WorkingGroupMembership.objects.create(user=user, group=group, start_date="2020-01-01")
        client.force_login(user)
        return client

    return as_role


def traces(client, surfaces=SURFACES):
    """Return the surfaces on which the canary shows."""
    shown = []
    for url in surfaces:
        text = client.get(url).content.decode()
        # The page with results repeats what was searched for; a trace is the title in a link or text besides.
        if REPEATED.sub("", text).count(CANARY):
            shown.append(url)
    return shown


@pytest.mark.parametrize("audience", Audience.values)
def test_an_episode_and_a_talk_show_show_to_their_audience_with_sound_text_and_calendar(visitors, plain_404, audience):
    pages = EpisodePage.objects.get(slug="zorg-die-naar-je-toe-komt"), TalkShowPage.objects.get(slug__contains="maart")
    for page in pages:
        page.title = CANARY
        page.audience = audience
        page.working_group, _is_new = WorkingGroup.objects.get_or_create(slug="kooi", defaults={"name": "Kooi"})
        page.first_published_at = page.first_published_at.replace(month=3)
        page.save_revision().publish()
    own = [page.url for page in pages] + [page.text_url("nl", "vtt") for page in pages]
    own += [page.chapters_url for page in pages] + [f"/opnamen/{pages[1].translation_key}/agenda.ics"]
    own += [page.recording.url for page in pages]
    for role in ("anonymous", "partner", "member", "colleague", "group", "steering", "editor"):
        client = visitors(role)
        allowed = role in AUDIENCES[audience] or audience == "public"
        # Editors check recordings before anyone else may hear them.
        files_allowed = allowed or role == "editor"
        statuses = [client.head(url).status_code for url in own]
        assert statuses == [200 if allowed else 404] * 7 + [200 if files_allowed else 404] * 2, role
        found = set(traces(client, RECORDING_SURFACES))
        if not allowed:
            assert found == set(), role
        feeds = {"/feeds/podcast/thuis-gesproken.xml", "/feeds/campagne/beweging-in-kwetsbaarheid.xml"}
        assert found & feeds == (feeds if audience == "public" else set()), role
        if allowed:
            assert {"/kijk-en-luister/thuis-gesproken/", "/praktijken/thuis-in-twente/"} <= found, role
            assert "/beweging-in-kwetsbaarheid/" in found, role


@pytest.mark.parametrize("role", ROLES)
def test_what_members_say_of_themselves_is_for_the_network_only(visitors, django_user_model, role):
    profile = django_user_model.objects.get(email="pieter@example.nl").profile
    profile.about, profile.job_title, profile.phone = CANARY, CANARY, CANARY
    profile.save()
    client = visitors(role)
    sees = role in AUDIENCES["network"]
    places = [
        "/leden/mensen/",
        "/leden/mensen/pieter-verzonnen/",
        "/leden/mensen/?q=Kanarievogelproef",
        "/zoeken/?q=Kanarievogelproef",
    ]
    assert traces(client, places) == (places if sees else [])
    others = [surface for surface in SURFACES if not surface.startswith(("/leden/mensen/", "/zoeken/?q=Kanarie"))]
    assert traces(client, others) == []


def test_a_draft_leaves_no_trace(canary, visitors):
    canary.unpublish()
    canary.save()
    assert traces(visitors("anonymous")) == []


def test_feeds_and_sitemap_are_the_same_for_members(canary, visitors):
    canary.audience = Audience.NETWORK
    canary.save_revision().publish()
    found = traces(visitors("member"))
    assert not {"/feeds/nieuw.xml", "/feeds/thema/wonen.xml", "/sitemap.xml"} & set(found)


def test_counts_do_not_betray_a_hidden_page(canary, visitors):
    anonymous = visitors("anonymous")
    canary.save_revision().publish()
    before = anonymous.get("/voorzorg/dekking/csv/").content, anonymous.get("/themas/").content
    canary.audience = Audience.STEERING_GROUP
    canary.save_revision().publish()
    after = anonymous.get("/voorzorg/dekking/csv/").content, anonymous.get("/themas/").content
    assert before[0] != after[0]
    assert before[1] != after[1]
    canary.unpublish()
    assert (anonymous.get("/voorzorg/dekking/csv/").content, anonymous.get("/themas/").content) == after


def test_a_hidden_campaign_or_framework_leaves_no_link(client):
    project = ProjectPage.objects.get(slug="housing-first-nederland")
    campaign = project.campaign
    campaign.audience = Audience.STEERING_GROUP
    campaign.save_revision().publish()
    framework = FrameworkPage.objects.get(slug="voorzorg")
    framework.audience = Audience.STEERING_GROUP
    framework.save_revision().publish()
    for url in ["/", project.url, "/praktijkvoorbeelden/de-lange-zondag/", "/sitemap.xml"]:
        text = client.get(url).content.decode()
        assert campaign.url not in text, url
        assert framework.url not in text, url
    assert client.get(f"{framework.url}outreach/").status_code == 404
    assert client.get(f"{framework.url}dekking/csv/").status_code == 404
    assert "Outreach" not in client.get("/zoeken/?q=bemoeizorg").content.decode()


def test_a_page_linked_in_a_text_but_hidden_leaves_no_title(client):
    hidden = PracticeArticlePage.objects.get(slug="de-contactencirkel")
    hidden.audience = Audience.NETWORK
    hidden.save_revision().publish()
    page = PracticeArticlePage.objects.get(slug="de-lange-zondag")
    page.body = [("related", {"pages": [Page.objects.get(pk=hidden.pk)]})]
    page.save_revision().publish()
    assert hidden.title not in client.get(page.url).content.decode()


@pytest.mark.parametrize(
    ("audience", "role", "status"),
    [
        ("public", "anonymous", 200),
        ("network", "anonymous", 404),
        ("network", "member", 200),
        ("steering_group", "member", 404),
        ("steering_group", "editor", 200),
    ],
)
def test_a_document_goes_where_a_page_that_offers_it_may_be_seen(visitors, audience, role, status):
    page = PublicationPage.objects.get(slug="housing-first-op-een-bladzijde")
    page.audience = audience
    page.save_revision().publish()
    assert visitors(role).get(page.downloads.first().document.url).status_code == status


def test_a_document_that_no_page_offers_is_not_served(client):
    page = PublicationPage.objects.get(slug="housing-first-op-een-bladzijde")
    url = page.downloads.first().document.url
    page.unpublish()
    assert client.get(url).status_code == 404


def test_a_hidden_page_named_on_the_home_page_leaves_no_link(client):
    home = HomePage.objects.get(slug="home")
    about = home.about_page.specific
    about.audience = Audience.NETWORK
    about.save_revision().publish()
    assert about.url not in client.get("/").content.decode()
