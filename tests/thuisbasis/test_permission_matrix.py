"""The permission matrix: every route of the site, for nine kinds of people, three ways of asking."""

import re
import time

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from route_table import ADMIN_PARTS, ROUTES, doors

from thuisbasis.mail.models import OutgoingMail
from thuisbasis.network.models import Membership, Practice, Role

# It walks every address, which other tests cover by what they say: measuring it too costs a minute.
pytestmark = [pytest.mark.django_db, pytest.mark.on_server, pytest.mark.no_cover]
ROLES = (
    "anonymous",
    "partner",
    "member of A",
    "member of B",
    "coordinator of A",
    "editor",
    "moderator",
    "administrator",
    "deactivated",
)
STRANGERS = {"anonymous", "deactivated"}
KNOWN = set(ROLES) - STRANGERS
IN_NETWORK = KNOWN - {"partner"}
STAFF = {"editor", "moderator", "administrator"}
# Not in the admin, as strangers and coordinators are not, of whom every door of it is tried.
KEPT_OUT = {"member of A", "member of B", "partner", "deactivated"}
OF_A = {"member of A", "coordinator of A"}

# Who may be where; whoever is not named is sent to the door (strangers) or finds nothing (404).
DOORS = {
    "everyone": set(ROLES),
    "logged in": KNOWN,
    "network": IN_NETWORK,
    "members": OF_A | {"member of B"},
    "people of A": OF_A,
    "coordinators of A": {"coordinator of A"},
    "staff": STAFF,
    "publishers": {"moderator"},
    "writers": {"editor", "moderator"},
    "administrators": {"administrator"},
    "nobody": set(),
}
A = "thuis-aan-de-ijssel"
# Wagtail's own conveniences that show nothing: a drawing of icons and the words of its scripts.
WITHOUT_CONTENT = {"wagtailadmin_sprite", "wagtailadmin_javascript_catalog"}
# A page of Wagtail that fails on purpose; staff only.
FAILS_ON_PURPOSE = re.compile("error_test")
# Exactly what each of the three groups can open.
STAFF_PAGES = {
    "/cms/": STAFF,
    "/cms/pages/": {"editor", "moderator"},
    "/cms/images/": {"editor", "moderator"},
    "/cms/documents/": {"editor", "moderator"},
    "/cms/snippets/network/person/": {"editor", "moderator"},
    "/cms/snippets/network/practice/": STAFF,
    "/cms/snippets/network/membership/": {"administrator"},
    "/cms/snippets/network/workinggroup/": {"administrator"},
    "/cms/snippets/knowledge/framework/": {"moderator"},
    "/cms/redirects/": {"moderator"},
    "/cms/snippets/search/synonymset/": {"moderator"},
    "/cms/searchpicks/": {"moderator"},
    "/cms/niet-gevonden/": {"moderator"},
    "/cms/importeren/": {"editor", "moderator"},
    "/cms/users/": {"administrator"},
    "/cms/groups/": set(),
    "/cms/sites/": set(),
    "/cms/logboek/": {"administrator"},
    "/cms/post/": {"administrator"},
    "/cms/toestand/": {"administrator"},
}


EMAILS = {
    "partner": "bruxelles",
    "member of A": "lid",
    "member of B": "b",
    "coordinator of A": "coordinator",
    "editor": "schrijver",
    "moderator": "redactie",
    "administrator": "beheer",
    "deactivated": "weg",
}


@pytest.fixture
def people(django_user_model):
    """Practice B belongs to the same care provider as A."""
    other = Practice.objects.filter(care_provider__name="Stichting De Lantaarn", name="Thuis in Twente").get()
    for email, practice in (("b", other), ("weg", Practice.objects.get(slug=A))):
        user = django_user_model.objects.create_user(f"{email}@example.nl", "x", is_active=email != "weg")
        Membership.objects.create(user=user, practice=practice, role=Role.MEMBER, start_date=timezone.localdate())
    OutgoingMail.objects.create(
        pk=1,
        recipients=["x@example.nl"],
        subject="x",
        message_id="x",
        next_attempt_at=timezone.now(),
        created_at=timezone.now(),
    )
    return lambda role: django_user_model.objects.get(email=f"{EMAILS[role]}@example.nl")


def log_in(people, role):
    client = Client(raise_request_exception=False)
    if role == "anonymous":
        return client
    client.force_login(people(role))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time() + 3600, "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(people(role).pk)
    session.save()
    return client


def outcome(answer):
    """Return what an answer means: "open", "login", "nothing" (404), "refused" within the staff, or "broken"."""
    target = answer.headers.get("Location", "") or answer.headers.get("HX-Redirect", "")
    if answer.status_code >= 500:
        return "broken"
    if answer.status_code == 404:
        return "nothing"
    if answer.status_code == 403 or (answer.status_code == 302 and target == "/cms/"):
        return "refused"
    if re.match(r"((/\w\w)?/account/inloggen/|/cms/login/)(\?|$)", target):
        return "login"
    return "open"


# Doors that mean the same to everybody, or only tell strangers from the rest.
LOOSE = {
    "nobody at all": ({"nothing"}, {"nothing"}),
    "door": ({"open", "login", "nothing"}, {"open", "login", "nothing"}),
    "own things": ({"login", "nothing"}, {"open", "nothing"}),
}


def allowed_outcomes(door, role):
    """Return what may come of it when somebody with this role comes to this door."""
    is_stranger = role in STRANGERS
    if door in LOOSE:
        return LOOSE[door][0 if is_stranger else 1]
    if door.startswith("cms: "):
        return {"login", "nothing"} if is_stranger else in_admin(door.removeprefix("cms: "), role)
    if role in DOORS[door]:
        return {"open"}
    return {"login"} if is_stranger else {"nothing"}


def in_admin(closed, role):
    """Return what may come of it within the editors' admin, for somebody who is logged in."""
    if role not in STAFF:
        return {"nothing"}
    if closed == "our door":
        return {"login", "open"}
    if role not in DOORS[closed]:
        return {"refused", "nothing"}
    # Nothing has the id that was filled in, and some parts want more to go on.
    return {"open", "refused", "nothing"}


def addresses(role):
    """Return every door for this role; of those of the admin one in ten for whom one rule keeps out of all of it."""
    ours = [found for found in doors() if not found[2].startswith("cms: ")]
    admin = [found for found in doors() if found[2].startswith("cms: ")]
    return [*ours, *(admin[::10] if role in KEPT_OUT else admin)]


def asks(client, address, door):
    """Yield each way to ask; Wagtail's admin knows nothing of htmx, so there the door is no other door."""
    yield "GET", lambda: client.get(address)
    yield "POST", lambda: client.post(address)
    if not door.startswith("cms: "):
        yield "htmx", lambda: client.get(address, headers={"hx-request": "true"})


@pytest.mark.parametrize("role", ROLES)
def test_every_route_opens_for_whom_it_is_meant_and_is_nothing_for_others(people, plain_404, remembering, role):
    client = log_in(people, role)
    remembering()
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    deviations, count = [], 0
    for name, address, door in addresses(role):
        for method, ask in asks(client, address, door):
            client.cookies.load(cookies)
            with transaction.atomic():
                answer = ask()
                transaction.set_rollback(True)
            count += 1
            found, expected = outcome(answer), allowed_outcomes(door, role)
            if name in WITHOUT_CONTENT:
                expected = expected | {"open"}
            if answer.status_code in (400, 405):
                continue
            if FAILS_ON_PURPOSE.search(name) and role in STAFF:
                expected = expected | {"broken"}
            if found not in expected:
                deviations.append(f"{method} {address} ({name}): {found} {answer.status_code}, not {sorted(expected)}")
    print(role, count, *deviations, sep="\n")
    assert deviations == []
    assert count > (300 if role in KEPT_OUT else 900)


@pytest.mark.parametrize("role", sorted(STAFF))
def test_each_group_of_the_staff_opens_what_its_work_needs_and_no_more(people, role):
    client = log_in(people, role)
    opened = {address for address in STAFF_PAGES if client.get(address).status_code == 200}
    assert opened == {address for address, roles in STAFF_PAGES.items() if role in roles}


def test_a_route_that_nobody_listed_fails_the_matrix(monkeypatch):
    monkeypatch.delitem(ROUTES, "portal:people")
    with pytest.raises(LookupError, match="portal:people"):
        list(doors())
    monkeypatch.delitem(ADMIN_PARTS, "outbox")
    monkeypatch.setitem(ROUTES, "portal:people", ("network", {}))
    with pytest.raises(LookupError, match="outbox"):
        list(doors())
