"""Single sign-on against a real OpenID Connect provider on loopback."""

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.request
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount

from thuisbasis.config.env import read_environment

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TENANT = "11111111-2222-3333-4444-555555555555"


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    """Run the provider in a process of its own; yields its address."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _attempt in range(100):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/.well-known/openid-configuration", timeout=2).read()
            break
        time.sleep(0.1)
    yield address
    process.terminate()
    process.wait(10)


@pytest.fixture
def care_provider(provider, settings, monkeypatch):
    """Configure one care provider, as an administrator does in the environment."""
    app = {
        "id": "de-lantaarn",
        "name": "Stichting De Lantaarn",
        "issuer": provider,
        "client_id": "thuisbasis",
        "secret": "geheim",
        "tenant": TENANT,
    }
    monkeypatch.setitem(os.environ, "SSO_PROVIDERS", json.dumps([app]))
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": read_environment().sso_providers}}
    return provider


@pytest.fixture
def sign_on(client, care_provider):
    """Go through the provider as this subject, with these claims, and come back."""

    def go(subject, process="login", **claims):
        userinfo = {"email": f"{subject}@example.nl", "email_verified": True, "tid": TENANT, "oid": subject, **claims}
        requests.put(f"{care_provider}/users/{subject}", json=userinfo, timeout=5).raise_for_status()
        to_provider = client.post(f"/account/inloggen/organisatie/de-lantaarn/?process={process}")
        assert to_provider.status_code == 302, to_provider.content.decode()[-500:]
        assert to_provider.url.startswith(care_provider)
        back = requests.post(to_provider.url, data={"sub": subject}, allow_redirects=False, timeout=5)
        returned = urlsplit(back.headers["Location"])
        return client.get(f"{returned.path}?{returned.query}", follow=True)

    return go


def is_logged_in(client):
    return "_auth_user_id" in client.session


def test_it_is_off_until_it_is_configured(client):
    assert "Inloggen met je organisatie" not in client.get("/account/inloggen/").content.decode()
    assert client.get("/account/inloggen/organisatie/de-lantaarn/").status_code == 404


def test_the_door_names_the_organisation_when_it_is_on(client, care_provider):
    assert "Stichting De Lantaarn" in client.get("/account/inloggen/").content.decode()


def test_an_account_that_was_linked_comes_in(client, logged_in, sign_on, django_user_model):
    member = django_user_model.objects.get(email="lid@example.nl")
    logged_in(member)
    sign_on("sanne-oid", process="connect")
    assert SocialAccount.objects.get(user=member).uid == "sanne-oid"
    client.logout()
    sign_on("sanne-oid")
    assert is_logged_in(client)
    assert client.session["_auth_user_id"] == str(member.pk)


def test_a_token_with_somebody_elses_address_opens_nothing(client, sign_on):
    page = sign_on("vreemd", email="lid@example.nl", email_verified=True).content.decode()
    assert "Alleen op uitnodiging" in page
    assert not is_logged_in(client)
    assert not SocialAccount.objects.exists()


def test_a_stranger_gets_no_account(client, sign_on, django_user_model):
    before = django_user_model.objects.count()
    assert "Alleen op uitnodiging" in sign_on("nieuw").content.decode()
    assert django_user_model.objects.count() == before


def test_an_account_from_another_tenant_is_refused_even_when_the_number_is_the_same(
    client, logged_in, sign_on, django_user_model
):
    member = django_user_model.objects.get(email="lid@example.nl")
    logged_in(member)
    sign_on("sanne-oid", process="connect")
    client.logout()
    page = sign_on("sanne-oid", tid="99999999-0000-0000-0000-000000000000").content.decode()
    assert not is_logged_in(client)
    assert "niet gelukt" in page


def test_the_second_step_is_asked_after_single_sign_on_too(client, sign_on, django_user_model):
    coordinator = django_user_model.objects.get(email="coordinator@example.nl")
    SocialAccount.objects.create(user=coordinator, provider="de-lantaarn", uid="joris-oid")
    answer = sign_on("joris-oid")
    assert answer.redirect_chain[-1][0] == "/account/inloggen/tweede-stap/"
    assert not is_logged_in(client)


def test_someone_who_left_does_not_come_in_by_the_side_door(client, sign_on, django_user_model):
    member = django_user_model.objects.get(email="lid@example.nl")
    SocialAccount.objects.create(user=member, provider="de-lantaarn", uid="sanne-oid")
    member.is_active = False
    member.save()
    sign_on("sanne-oid")
    assert not is_logged_in(client)


def test_an_answer_that_nobody_asked_for_opens_nothing(client, care_provider):
    page = client.get("/account/inloggen/organisatie/de-lantaarn/terug/?code=x&state=verzonnen").content.decode()
    assert "niet gelukt" in page
    assert not is_logged_in(client)
