"""Passwords as people choose them, the session that a login gives, and who a visitor is taken for."""

import re
from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from django.conf import global_settings
from django.core import mail
from django.test import Client
from django.utils.module_loading import import_string

from thuisbasis.config.settings import base

PROXY = Path(__file__).resolve().parents[2] / "platform/deploy/nginx-proxy.conf"
CHANGE = "/account/wachtwoord/wijzigen/"
NOW = "een gewone lange zin"


@pytest.fixture
def member(django_user_model, logged_in):
    user = django_user_model.objects.create_user(email="kiest@example.nl", password=NOW, first_name="Marijke")
    logged_in(user)
    return user


def change(client, new, now=NOW):
    return client.post(CHANGE, {"oldpassword": now, "password1": new, "password2": new})


def taken(user, password):
    user.refresh_from_db()
    return user.check_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "vierkatten",
        "alleen kleine letters mogen ook",
        "  spaties voor en achter  ",
        "ΕΛΛΗΝΙΚΑ én émojis 🏠🏠🏠",
        "thuis paard lamp stoel",
        "x" * 40 + "Y9!" * 20,
        "een zin van meer dan honderd tekens, want wie een boek uit zijn hoofd kent moet dat hier kunnen gebruiken "
        * 2,
    ],
)
def test_any_password_of_eight_characters_or_more_is_taken_exactly_as_it_was_typed(client, member, password):
    assert change(client, password).status_code == 302
    assert taken(member, password)
    assert not taken(member, password.swapcase())
    assert not taken(member, password[:64]) or len(password) <= 64


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("kort123", "minstens 8"),
        ("password1", "te algemeen"),
        ("31415926535", "alleen cijfers"),
        ("kiest@example.nl", "lijkt te veel"),
        ("Thuisbasis2026!", "als eerste proberen"),
        ("HousingFirst", "als eerste proberen"),
        ("W e l k o m-herfst-2026", "als eerste proberen"),
    ],
)
def test_what_others_would_try_first_is_refused_beside_the_field_with_the_reason(client, member, password, reason):
    answer = change(client, password)
    assert answer.status_code == 200
    assert reason in answer.content.decode()
    assert taken(member, NOW)


def test_a_new_password_asks_for_the_one_of_now(client, member):
    assert change(client, "een andere lange zin", now="een gok").status_code == 200
    assert taken(member, NOW)


def test_passwords_are_kept_as_slow_hashes_only():
    assert not hasattr(base, "PASSWORD_HASHERS"), "the tests hash quickly; nothing else does"
    slow = import_string(global_settings.PASSWORD_HASHERS[0])()
    assert slow.algorithm == "pbkdf2_sha256"
    assert slow.iterations >= 600_000


def test_fields_for_passwords_hide_what_is_typed_and_let_managers_fill_them_in(client, member):
    page = client.get(CHANGE).content.decode()
    assert page.count('type="password"') == 3
    assert page.count('autocomplete="new-password"') == 2
    assert "onpaste" not in page
    assert "maxlength" not in page[page.index("<main") : page.index("</main")]


def test_a_session_is_new_after_logging_in_and_worthless_after_logging_out(client, django_user_model):
    django_user_model.objects.create_user(email="sessie@example.nl", password=NOW)
    client.get("/account/inloggen/")
    client.post("/account/inloggen/", {"login": "sessie@example.nl", "password": NOW})
    before = client.session.session_key
    code = re.findall(r"\b\d{6}\b", mail.outbox[-1].body)[0]
    answer = client.post("/account/inloggen/code/invullen/", {"code": code})
    client.post(answer.url, {"action": "trust"})
    during = client.session.session_key
    assert "_auth_user_id" in client.session
    assert during != before
    cookie = client.cookies["sessionid"].value
    client.post("/account/uitloggen/")
    client.cookies["sessionid"] = cookie
    assert "_auth_user_id" not in client.session


def test_a_form_without_its_token_is_refused(django_user_model):
    strict = Client(enforce_csrf_checks=True)
    for place in ("/account/inloggen/", "/account/uitloggen/", "/zoeken/", "/leden/"):
        strict.cookies.clear()
        assert strict.post(place, {"login": "lid@example.nl"}).status_code in (403, 405), place
    assert "_auth_user_id" not in strict.session


def test_an_address_that_somebody_claims_to_have_is_not_believed(rf, settings):
    """nginx puts the true address last; whatever stands before it was sent by the visitor (nginx-proxy.conf)."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = rf.get("/", headers={"X-Forwarded-For": "198.51.100.7, 203.0.113.9"}, REMOTE_ADDR="127.0.0.1")
    assert get_adapter().get_client_ip(request) == "203.0.113.9"
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in PROXY.read_text()
