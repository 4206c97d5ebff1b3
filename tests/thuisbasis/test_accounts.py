"""Accounts: limits on guessing, secrets, sessions, the log, and letters about one's own account."""

import threading
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from cryptography.fernet import InvalidToken
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from thuisbasis.accounts import encryption
from thuisbasis.accounts.devices import device_name
from thuisbasis.accounts.models import AuditAction, AuditEntry
from thuisbasis.accounts.services import close_account, end_every_session, forget_old_audit_entries, record

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PASSWORD = "eerst-een-thuis"
LOGIN = "/account/inloggen/"


@pytest.fixture
def member(django_user_model):
    return django_user_model.objects.get(email="lid@example.nl")


def guess(client, email, password="verkeerd", **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def test_after_five_wrong_guesses_even_the_right_password_waits(client):
    for _guess in range(5):
        guess(client, "lid@example.nl")
    assert guess(client, "lid@example.nl", PASSWORD).status_code == 200
    assert "Te veel inlogpogingen" in guess(client, "lid@example.nl", PASSWORD).content.decode()


def test_a_stranger_who_guesses_cannot_keep_the_owner_out(client, member, come_in):
    come_in(client, member.email)
    client.post("/account/uitloggen/")
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _guess in range(12):
        guess(stranger, member.email)
    assert guess(stranger, member.email, PASSWORD).status_code == 200
    assert guess(client, member.email, PASSWORD).status_code == 302, "from a device that is known"


def test_a_forged_device_counts_as_a_stranger(client, member):
    for _guess in range(6):
        client.cookies["bekend_apparaat"] = "eyJ4IjoieSJ9:verzonnen"
        guess(client, member.email)
    assert guess(client, member.email, PASSWORD).status_code == 200


def test_a_hundred_colleagues_behind_one_address_come_in_within_five_minutes(django_user_model):
    people = [django_user_model.objects.create_user(f"collega{n}@example.nl", PASSWORD) for n in range(100)]
    answers = [guess(Client(REMOTE_ADDR="192.0.2.1"), person.email, PASSWORD).status_code for person in people]
    assert answers == [302] * 100


def test_secrets_are_unreadable_in_the_database(django_user_model, member):
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(member, secret)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        stored = " ".join(str(row) for row in cursor.fetchall())
    assert secret not in stored
    assert encryption.decrypt(Authenticator.objects.get(user=member).data["secret"]) == secret


def test_a_new_key_locks_and_the_old_one_still_opens(settings):
    settings.ENCRYPTION_KEYS = ["oud" * 12]
    locked = encryption.encrypt("geheim")
    settings.ENCRYPTION_KEYS = ["nieuw" * 8, "oud" * 12]
    assert encryption.decrypt(locked) == "geheim"
    settings.ENCRYPTION_KEYS = ["nieuw" * 8]
    with pytest.raises(InvalidToken):
        encryption.decrypt(locked)


def test_one_sees_where_one_is_logged_in_and_logs_out_everywhere(client, member, come_in):
    elsewhere = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Safari/604"})
    for device in (client, elsewhere):
        come_in(device, member.email)
    page = client.get("/account/apparaten/").content.decode()
    assert "Safari, iPhone" in page
    assert "Dit apparaat" in page
    client.post("/account/apparaten/")
    assert elsewhere.get("/leden/").status_code == 302
    assert client.get("/leden/").status_code == 200


def test_a_session_ends_after_seven_days_and_is_not_saved_at_each_look(client, member):
    client.force_login(member)
    client.get("/leden/")
    session = client.session
    session["started_at"] = time.time() - 7 * 24 * 3600 - 1
    session.save()
    assert client.get("/leden/").status_code == 302
    assert client.session.get_expiry_age() <= 8 * 3600


def test_reading_a_page_writes_no_session(client, member):
    client.force_login(member)
    client.get("/leden/instellingen/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/leden/instellingen/")
    assert not [query["sql"] for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]


def test_a_login_on_a_new_device_is_told_by_mail_and_one_on_a_known_device_is_not(client, member, come_in):
    member.last_login = timezone.now()
    member.save()
    come_in(client, member.email)
    assert mail.outbox[-1].subject == "Er is ingelogd op een nieuw apparaat"
    client.post("/account/uitloggen/")
    come_in(client, member.email)
    assert len([message for message in mail.outbox if "nieuw apparaat" in message.subject]) == 1


def test_a_changed_password_and_factor_are_told_by_mail_in_our_look(client, member):
    member.language = "en"
    member.save()
    client.force_login(member)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()
    new = "een-heel-nieuw-wachtwoord"
    client.post("/account/wachtwoord/wijzigen/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    message = mail.outbox[-1]
    assert "password" in message.subject.lower()
    assert AuditEntry.objects.filter(action=AuditAction.PASSWORD_CHANGED, actor_key=member.pk).exists()


def of_this_test():
    """Return the log without the demo's own lines."""
    return AuditEntry.objects.exclude(action=AuditAction.DOCUMENT_SHARED)


def test_the_log_knows_who_came_in_who_was_refused_and_holds_no_names(client, member):
    guess(client, member.email)
    guess(client, "onbekend@example.nl")
    client.force_login(member)
    client.get("/leden/praktijk/thuis-in-twente/")
    client.get("/cms/")
    client.post("/account/uitloggen/")
    actions = list(of_this_test().order_by("pk").values_list("action", "detail"))
    assert [action for action, _detail in actions] == [
        "login_refused",
        "login_refused",
        "logged_in",
        "access_refused",
        "access_refused",
        "logged_out",
    ]
    assert ("access_refused", "/leden/praktijk/thuis-in-twente/") in actions
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_auditentry")
        assert "example.nl" not in str(cursor.fetchall())


def test_a_line_break_cannot_forge_a_line_of_the_log(member):
    record(action=AuditAction.EXPORTED, actor=member, detail="a\r\n2026-01-01 ingelogd")
    assert of_this_test().get().detail == "a 2026-01-01 ingelogd"
    assert "gegevens opgehaald" in str(of_this_test().get())


def test_the_database_refuses_to_change_the_log_or_to_remove_a_line_before_its_term(member):
    record(action=AuditAction.LOGGED_IN, actor=member)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.update(detail="niets gebeurd")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.all().delete()
    record(action=AuditAction.LOGGED_IN, actor=member, now=timezone.now() - timedelta(days=400))
    assert forget_old_audit_entries.call() == 1
    assert of_this_test().count() == 1


def test_administrators_read_the_log_with_names_and_nobody_else_does(client, django_user_model, member):
    record(action=AuditAction.ROLE_CHANGED, actor=member, detail="coordinator")
    client.force_login(django_user_model.objects.get(email="beheer@example.nl"))
    page = client.get("/cms/logboek/?soort=role_changed").content.decode()
    assert "Sanne Verzonnen" in page
    assert client.get("/cms/logboek/?soort=onzin").status_code == 200
    client.force_login(django_user_model.objects.get(email="redactie@example.nl"))
    assert client.get("/cms/logboek/").status_code in (302, 403, 404)


def test_a_closed_account_has_no_way_in(client, member):
    TOTP.activate(member, "JBSWY3DPEHPK3PXP")
    client.force_login(member)
    close_account(user=member)
    assert client.get("/leden/").status_code == 302
    assert not Authenticator.objects.filter(user=member).exists()
    assert guess(client, member.email, PASSWORD).status_code == 200
    assert not UserSession.objects.filter(user=member).exists()


def test_who_asks_for_a_password_without_an_account_hears_so_by_mail(client):
    client.post("/account/wachtwoord/vergeten/", {"email": "onbekend@example.nl"})
    assert mail.outbox[-1].to == ["onbekend@example.nl"]
    assert "/wachtwoord/nieuw/" not in mail.outbox[-1].body


def test_every_session_ends_at_once_even_one_that_no_list_knows(client, member):
    client.force_login(member)
    UserSession.objects.all().delete()
    assert client.get("/leden/").status_code == 200
    end_every_session(user=member)
    assert client.get("/leden/").status_code == 302


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126 Safari/537 Edg/126", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126 Mobile Safari/537", "Chrome, Android"),
        ("Mozilla/5.0 (Macintosh; Mac OS X) Gecko Firefox/127", "Firefox, Mac"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_named_as_people_know_it(agent, name):
    assert device_name(agent) == name


def test_more_people_than_a_device_remembers_push_out_the_oldest(django_user_model, come_in):
    client = Client()
    people = [django_user_model.objects.create_user(f"gedeeld{n}@example.nl", PASSWORD) for n in range(10)]
    for person in people:
        come_in(client, person.email)
        client.post("/account/uitloggen/")
    assert len(client.cookies["bekend_apparaat"].value) < 1500


def test_two_hundred_parallel_guesses_stay_within_the_limit():
    from allauth.core.internal import ratelimit

    counted, lock = [], threading.Lock()

    class Request:
        method, META, user = "POST", {"REMOTE_ADDR": "203.0.113.5"}, None

    def once():
        request = Request()
        request.user = type("Nobody", (), {"is_authenticated": False, "is_anonymous": True})()
        request.headers = {}
        allowed = ratelimit.consume(
            request, app="allauth.account", action="login_failed", key="lid@example.nl", user=request.user
        )
        with lock:
            counted.append(bool(allowed))

    threads = [threading.Thread(target=once) for _guess in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(counted) == 200
    assert sum(counted) <= 5
