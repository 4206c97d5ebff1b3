"""Nobody learns whether an address has an account: same answer, same work."""

import re
import statistics
import time

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.test import Client
from django.utils import timezone

from members.portal.services import invite
from thuisbasis.network.models import Practice
from thuisbasis.network.services import visitor_for

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.no_cover]
ROUNDS = 200
UNLIMITED = dict.fromkeys(("login", "login_failed", "request_login_code", "reset_password", "reset_password_from_key"))


@pytest.fixture(autouse=True)
def as_in_production(settings, monkeypatch):
    """Real work for a password (fewer rounds, to fit in a test), a worker of its own, and no limit in the way."""
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 15_000)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = UNLIMITED
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.fixture
def known(django_user_model, as_in_production):
    addresses = [f"bekend{number}@example.nl" for number in range(ROUNDS)]
    password = make_password("eerst-een-thuis")
    for address in addresses:
        django_user_model.objects.create(email=address, password=password)
    return addresses


def login(client, email):
    return client.post("/account/inloggen/", {"login": email, "password": "verkeerd"})


def login_code(client, email):
    return client.post("/account/inloggen/code/", {"email": email})


def reset(client, email):
    return client.post("/account/wachtwoord/vergeten/", {"email": email})


@pytest.fixture
def invitation(django_user_model):
    coordinator = django_user_model.objects.get(email="coordinator@example.nl")
    client = Client()
    client.force_login(coordinator)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() + 3600, "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(coordinator.pk)
    session.save()

    def send(_client, email):
        return client.post("/leden/praktijk/thuis-aan-de-ijssel/uitnodigen/", {"email": email, "role": "member"})

    return send


def without_what_differs_anyway(answer, email):
    text = answer.content.decode().replace(email, "ADRES")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


@pytest.fixture
def acts(invitation):
    return {"login": login, "login code": login_code, "reset": reset, "invitation": invitation}


@pytest.mark.parametrize("act", ["login", "login code", "reset", "invitation"])
def test_known_and_unknown_addresses_get_the_same_answer_after_the_same_work(acts, known, act):
    answers, spent = {True: set(), False: set()}, {True: [], False: []}
    for number, email in enumerate(known):
        for is_known in (True, False) if number % 2 else (False, True):
            address = email if is_known else email.replace("bekend", "vreemd")
            client = Client()
            begin = time.process_time()
            answer = acts[act](client, address)
            spent[is_known].append(time.process_time() - begin)
            answers[is_known].add(
                (answer.status_code, answer.headers.get("Location", ""), without_what_differs_anyway(answer, address))
            )
    assert answers[True] == answers[False]
    assert len(answers[True]) == 1
    ratio = statistics.median(spent[True]) / statistics.median(spent[False])
    print(f"{act}: {ratio:.3f}")
    assert 0.9 <= ratio <= 1.1


def test_an_invitation_is_the_same_row_for_a_member_of_another_practice(django_user_model):
    coordinator = django_user_model.objects.get(email="coordinator@example.nl")
    practice = Practice.objects.get(slug="thuis-aan-de-ijssel")
    visitor = visitor_for(user=coordinator, today=timezone.localdate())
    rows = [
        invite(
            practice=practice,
            email=email,
            role="member",
            actor=coordinator,
            visitor=visitor,
            language="nl",
            now=timezone.now(),
        )
        for email in ("ilse@example.nl", "niemand@example.nl")
    ]
    assert {row.role for row in rows} == {"member"}
    assert len({row.expires_at - row.created_at for row in rows}) == 1
