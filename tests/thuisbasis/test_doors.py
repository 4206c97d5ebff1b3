"""One door: a session comes from our login only, and not before the second step."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.core import mail
from django.urls import URLPattern, URLResolver, get_resolver, resolve

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PASSWORD = "eerst-een-thuis"
LOGIN = "/account/inloggen/"
SAMPLES = {"int": "1", "slug": "x", "str": "x", "uuid": "00000000-0000-0000-0000-000000000000", "path": "x"}


def addresses(patterns=None, prefix=""):
    """Yield an address for every route of the site, Wagtail's and the libraries' included."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        part = str(entry.pattern)
        part = re.sub(r"<(?:(\w+):)?\w+>", lambda match: SAMPLES.get(match[1] or "str", "1"), part)
        part = (
            re.sub(r"\(\?P<\w+>((?:[^()]|\([^()]*\))*)\)", "1", part)
            .replace("^", "")
            .replace("$", "")
            .replace("\\Z", "")
        )
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, prefix + part)
        elif isinstance(entry, URLPattern):
            yield "/" + (prefix + part).replace("\\", "").lstrip("/")


def credentials(email):
    keys = ("login", "email", "username", "user", "id_username", "credential")
    return {**dict.fromkeys(keys, email), **dict.fromkeys(("password", "password1", "password2", "code"), PASSWORD)}


def code_for(user):
    totp = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return format_hotp_value(hotp_value(decrypt(totp.data["secret"]), int(time.time()) // 30))


def is_logged_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("email", ["beheer@example.nl", "lid@example.nl"])
def test_valid_credentials_open_a_session_at_no_route_without_the_second_step(client, email):
    routes = sorted(set(addresses()))
    assert len(routes) > 300
    assert {"/cms/login/", "/_util/login/", LOGIN} <= set(routes)
    opened = []
    for route in routes:
        client.cookies.clear()
        client.raise_request_exception = False
        client.post(route, credentials(email))
        if is_logged_in(client):
            opened.append(route)
    assert opened == []


@pytest.mark.parametrize("route", ["/cms/login/", "/_util/login/"])
def test_the_doors_of_wagtail_lead_to_ours(client, route):
    for method in (client.get, client.post):
        answer = method(f"{route}?next=/cms/", credentials("beheer@example.nl"))
        assert answer.status_code == 302
        assert answer.url.startswith(LOGIN)


def test_no_other_login_view_can_be_reached():
    from django.contrib.auth.views import LoginView

    reached = [resolve(address).func for address in addresses() if address.endswith("login/")]
    assert len(reached) > 1
    assert not [view for view in reached if issubclass(getattr(view, "view_class", object), LoginView)]


def test_a_coordinator_comes_in_with_password_and_the_code_of_the_app_once(client, django_user_model):
    user = django_user_model.objects.get(email="coordinator@example.nl")
    answer = client.post(LOGIN, credentials(user.email))
    assert answer.url == "/account/inloggen/tweede-stap/"
    assert not is_logged_in(client)
    code = code_for(user)
    assert client.post(answer.url, {"code": code}).url == "/leden/"
    assert is_logged_in(client)
    client.post("/account/uitloggen/")
    client.post(LOGIN, credentials(user.email))
    client.post("/account/inloggen/tweede-stap/", {"code": code})
    assert not is_logged_in(client), "a code opens the door once"


def test_a_member_comes_in_with_password_and_a_mailed_code(client, come_in):
    answer = client.post(LOGIN, credentials("lid@example.nl"))
    assert answer.url == "/account/inloggen/code/invullen/"
    assert not is_logged_in(client)
    come_in(client, "lid@example.nl")
    assert is_logged_in(client)
    client.post("/account/uitloggen/")
    assert client.post(LOGIN, credentials("lid@example.nl")).url == "/leden/", "this browser is trusted now"


def test_a_code_by_mail_replaces_the_password_but_not_the_second_step(client, django_user_model):
    client.post("/account/inloggen/code/", {"email": "coordinator@example.nl"})
    code = re.findall(r"\b\d{6}\b", mail.outbox[-1].body)[0]
    answer = client.post("/account/inloggen/code/invullen/", {"code": code})
    assert answer.url == "/account/inloggen/tweede-stap/"
    assert not is_logged_in(client)


def test_a_recovery_code_opens_the_door_once(client, django_user_model):
    user = django_user_model.objects.get(email="beheer@example.nl")
    code = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    for works in (True, False):
        client.post(LOGIN, credentials(user.email))
        client.post("/account/inloggen/tweede-stap/", {"code": code})
        assert is_logged_in(client) is works
        client.post("/account/uitloggen/")


ROLES = ["coordinator", "stuurgroep", "onderzoeker", "schrijver", "redactie", "beheer"]


@pytest.mark.parametrize("role", ROLES)
def test_strong_roles_see_nothing_before_they_have_a_second_step(client, django_user_model, role):
    user = django_user_model.objects.get(email=f"{role}@example.nl")
    Authenticator.objects.filter(user=user).delete()
    client.force_login(user)
    for route in (
        "/",
        "/leden/",
        "/cms/",
        "/leden/mensen/",
        "/zoeken/",
        "/account/wachtwoord/wijzigen/",
        "/cms/pages/1/",
    ):
        answer = client.get(route)
        assert (answer.status_code, answer.url) == (302, "/account/tweede-stap/"), route
    assert client.post("/leden/instellingen/").url == "/account/tweede-stap/"
    assert client.get("/leden/", headers={"hx-request": "true"}).headers["HX-Redirect"] == "/account/tweede-stap/"
    assert client.get("/account/tweede-stap/").status_code == 200
    assert client.get("/healthz").status_code == 200


def test_a_member_needs_no_second_step(client, django_user_model):
    client.force_login(django_user_model.objects.get(email="lid@example.nl"))
    assert client.get("/leden/").status_code == 200


def test_nobody_signs_up_alone(client, django_user_model):
    before = django_user_model.objects.count()
    for route in ("/account/uitnodiging/", "/account/uitnodiging/organisatie/"):
        client.post(route, {"email": "vreemd@example.nl", "password1": "lang-genoeg-wachtwoord", "password2": "x"})
    assert django_user_model.objects.count() == before
    assert "Alleen op uitnodiging" in client.get("/account/uitnodiging/").content.decode()


@pytest.mark.parametrize(
    "target", ["https://kwaad.example/", "//kwaad.example", "/\\kwaad.example", "javascript:alert(1)"]
)
def test_the_door_leads_nowhere_else(client, target):
    client.post(LOGIN, {**credentials("lid@example.nl"), "next": target})
    code = re.findall(r"\b\d{6}\b", mail.outbox[-1].body)[0]
    answer = client.post("/account/inloggen/code/invullen/", {"code": code, "next": target})
    assert "kwaad" not in answer.headers.get("Location", "")
    assert "javascript" not in answer.headers.get("Location", "")
