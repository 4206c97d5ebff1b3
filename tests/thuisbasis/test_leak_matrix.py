"""The leak matrix, made from the models: what is not for somebody leaves no trace anywhere; what is, can be found."""

import email
import re
from datetime import timedelta
from email.policy import default

import pytest
from canaries import CARRIED, DERIVED, FLOCK, SAY_NOTHING, Flock, members_models, restricted_models
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone
from route_table import doors

from thuisbasis.accounts.models import User
from thuisbasis.network.models import Membership, Practice, Role, WorkingGroupMembership
from thuisbasis.network.services import visitor_for
from thuisbasis.notices.models import Subscription
from thuisbasis.notices.services import choose
from thuisbasis.notices.services.digests import send_digest
from thuisbasis.search.services import did_you_mean, search, suggestions

# It walks every address, which other tests cover by what they say: measuring it too costs a minute.
pytestmark = [pytest.mark.django_db, pytest.mark.on_server, pytest.mark.no_cover]
TRACE = re.compile(r"kanarie(?!vogel)\w+", re.IGNORECASE)
MAY_SEE = {
    "public": {"anonymous", "partner", "member", "colleague", "group", "steering", "editor", "former", "deactivated"},
    "network": {"member", "colleague", "group", "steering", "editor"},
    "working_group": {"group"},
    "own_practice": {"colleague"},
    "steering_group": {"steering"},
}
DEMO = {"member": "lid", "editor": "redactie", "steering": "stuurgroep", "partner": "bruxelles"}
ROLES = sorted(MAY_SEE["public"])
PORTAL = MAY_SEE["network"]


def test_every_model_that_can_hide_something_is_in_the_matrix():
    makers = {model._meta.label for model in restricted_models()}
    assert len(makers) >= 11
    for model in members_models():
        label = model._meta.label
        assert label in makers | set(CARRIED) | SAY_NOTHING | DERIVED, f"{label} has no canary"


@pytest.fixture(scope="module")
def flock(django_db_setup, django_db_blocker):
    """Release the canaries once; each test's own changes are undone within, and all of it after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Flock().release()
        transaction.set_rollback(True)


@pytest.fixture
def somebody(flock):
    """Return a client for a role, and who it is."""

    def of_role(role):
        client = Client()
        if role == "anonymous":
            return client, None
        user = User.objects.filter(email=f"{DEMO.get(role, role)}@example.nl").first()
        if user is None:
            user = User.objects.create_user(f"{role}@example.nl", "x", is_active=role != "deactivated")
            theirs = {"colleague", "former", "deactivated"}
            practice = flock.practice if role in theirs else Practice.objects.get(name="Huis en Heide")
            end = "2021-01-01" if role == "former" else None
            Membership.objects.create(
                user=user, practice=practice, role=Role.MEMBER, start_date="2020-01-01", end_date=end
            )
        if role == "group":
            WorkingGroupMembership.objects.create(user=user, group=flock.group, start_date="2020-01-01")
        client.force_login(user)
        return client, user

    return of_role


def expected(flock, role):
    """Return the words that this role may come across."""
    return {text for text, audience in flock.audience_of.items() if role in MAY_SEE.get(audience, set())}


def read(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode("utf-8", "ignore") + str(dict(answer.headers))


def traces(client, url):
    answer = client.get(url)
    text = read(answer)
    # A list with filters, and a page with results, repeat what was asked for.
    asked = url.split("?", 1)[-1] if "?" in url else ""
    found = {match.lower() for match in TRACE.findall(text)}
    return {word for word in found if word not in asked and word not in url}, answer


def may_open(role, url):
    """Say whether an address answers everybody, with nothing in it, or editors, who get every file of the site."""
    return url.startswith("/leden/voorstellen/nieuw/") or (role == "editor" and url.startswith("/documenten/"))


def surfaces():
    """Return every address of the site without one object in it: the same table as the permission matrix."""
    found = [address for _name, address, door in doors() if not door.startswith("cms: ")]
    found += [
        "/themas/wonen/",
        "/praktijkvoorbeelden/?thema=wonen",
        "/leden/documenten/?thema=wonen",
        "/leden/vragen/?thema=wonen",
    ]
    found += [
        "/",
        "/praktijkvoorbeelden/",
        "/publicaties/",
        "/projecten/",
        "/kijk-en-luister/",
        "/praktijken/",
        "/voorzorg/",
    ]
    found += [
        "/voorzorg/dekking/csv/",
        "/beweging-in-kwetsbaarheid/",
        "/agenda/",
        "/agenda/?toon=eerder",
        f"/agenda/?toon=maand&maand={timezone.localdate() + timedelta(days=9):%Y-%m}",
        "/en/agenda/",
        "/praktijken/thuis-in-twente/",
        "/leden/praktijk/thuis-in-twente/",
    ]
    found += [
        "/kijk-en-luister/thuis-gesproken/",
        "/kijk-en-luister/talkshow/",
        "/bestaat-niet/",
        "/en/",
        "/fr/",
        "/en/zoeken/?q=x",
    ]
    found += [
        f"/leden/vragen/eerder-gevraagd/?vraag={FLOCK}",
        f"/leden/vragen/?q={FLOCK}",
        f"/leden/documenten/?q={FLOCK}",
        f"/agenda/?q={FLOCK}",
    ]
    found += [f"/zoeken/suggesties/?q={FLOCK[:6]}", f"/zoeken/suggesties/?q={FLOCK[:-2]}x", "/zoeken/?q=kanarivogel"]
    found += [f"/leden/documenten/?q={FLOCK}&pagina=2", f"/leden/mensen/?q={FLOCK}"]
    found += [f"/zoeken/?q={FLOCK}&pagina={page}" for page in range(1, 9)]
    return [url for url in dict.fromkeys(found) if "uitloggen" not in url]


@pytest.mark.parametrize("role", ROLES)
def test_whatever_is_not_for_somebody_leaves_no_trace_and_whatever_is_can_be_opened(
    flock, somebody, role, plain_404, remembering
):
    client, _user = somebody(role)
    remembering()
    allowed = expected(flock, role)
    leaks, denials, cached = [], [], []
    for url in surfaces():
        found, answer = traces(client, url)
        leaks += [(url, word) for word in found - allowed]
        if role not in ("anonymous", "deactivated") and "no-store" not in answer.headers.get("Cache-Control", ""):
            cached.append(url)
    for word, addresses in flock.addresses.items():
        for url in addresses:
            found, answer = traces(client, url)
            leaks += [(url, other) for other in found - allowed]
            if word not in allowed and answer.status_code == 200 and not may_open(role, url):
                leaks.append((url, answer.status_code))
        first = addresses[0] if addresses else ""
        opens = word in allowed and (role in PORTAL or not first.startswith("/leden/"))
        if first and opens and client.get(first).status_code != 200:
            denials.append(first)
    assert leaks == []
    assert denials == []
    assert cached == []


@pytest.mark.parametrize("role", ROLES)
def test_search_finds_all_that_somebody_may_see_and_counts_nothing_else(flock, somebody, role):
    _client, user = somebody(role)
    from thuisbasis.network.policies import ANONYMOUS

    visitor = visitor_for(user=user, today=timezone.localdate()) if user else ANONYMOUS
    results = search(text=FLOCK, visitor=visitor)
    pages = [search(text=FLOCK, visitor=visitor, page=page) for page in range(1, results.page_count + 1)]
    names = [hit.entry.name for page in pages for hit in page.hits]
    found = {match.lower() for name in names for match in TRACE.findall(name)}
    titled = {
        word
        for word in expected(flock, role)
        if not re.match(
            "kanarie(answer|folder|words|version|comment|profile|place|material|consensus|evidence|action|review|proof)",
            word,
        )
    }
    assert found == titled
    kinds = next((facet for facet in results.facets if facet.name == "kind"), None)
    assert results.total == len(names) == (sum(value.count for value in kinds.values) if kinds else len(names))
    shown = [piece.text for page in pages for hit in page.hits for pieces in everything_shown(hit) for piece in pieces]
    proposed = [*suggestions(text=FLOCK, visitor=visitor), did_you_mean(text="kanarievogell", visitor=visitor)]
    came_across = {match.lower() for text in [*shown, *proposed] for match in TRACE.findall(text)}
    assert came_across <= expected(flock, role)
    words = search(text="kanariewordsownpractice", visitor=visitor)
    assert words.total == (1 if role == "colleague" else 0)


def everything_shown(hit):
    """Return every text of a hit: its name, why it was found, and the moments in a recording."""
    return [hit.name, *hit.fragments, *(moment.pieces for moment in hit.moments)]


def whole_text(message):
    """Return every text part of a mail, decoded as a mail program does."""
    parsed = email.message_from_bytes(message.message().as_bytes(), policy=default)
    return "\n".join(part.get_content() for part in parsed.walk() if part.get_content_maintype() == "text")


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("anonymous", "deactivated")])
def test_a_digest_tells_what_its_reader_may_see_and_nothing_else(flock, somebody, role):
    _client, user = somebody(role)
    choose(
        user=user,
        frequencies=dict.fromkeys(("questions", "documents", "announcements", "knowledge", "events"), "daily"),
    )
    Subscription.objects.filter(user=user).update(sent_through=timezone.now() - timedelta(days=2))
    mail.outbox.clear()
    sent = send_digest(user=user, now=timezone.now() + timedelta(seconds=5))
    assert sent is (role in PORTAL)
    found = {match.lower() for message in mail.outbox for match in TRACE.findall(whole_text(message))}
    assert found <= expected(flock, role)
    if sent:
        kinds = ("question", "document", "announcement")
        audiences = [name for name, roles in MAY_SEE.items() if role in roles]
        assert {f"kanarie{kind}{name.replace('_', '')}" for kind in kinds for name in audiences} <= found
