"""What an account has when it begins and what is left when it ends."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.utils import timezone

from thuisbasis.accounts.models import AuditAction, AuditEntry, User
from thuisbasis.accounts.services import (
    close_account,
    create_account,
    end_every_session,
    forget_old_audit_entries,
    has_second_factor,
    record,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)


def user(name):
    return User.objects.get(email=f"{name}@example.nl")


def test_a_closed_account_opens_no_door_at_all(client):
    person = user("coordinator")
    client.force_login(person)
    client.get("/leden/")
    person.groups.add(Group.objects.first())
    User.objects.filter(pk=person.pk).update(is_staff=True, is_superuser=True)
    person.refresh_from_db()
    SocialAccount.objects.create(user=person, provider="x", uid="1")
    assert has_second_factor(person)
    before = timezone.now()
    close_account(user=person)
    person.refresh_from_db()
    assert (person.is_active, person.is_staff, person.is_superuser) == (False, False, False)
    assert not person.has_usable_password()
    assert person.sessions_ended_at >= before
    assert not person.groups.exists()
    for model in (SocialAccount, Authenticator, UserSession):
        assert not model.objects.filter(user=person).exists(), model


def test_ending_sessions_ends_ones_own_alone(client):
    client.force_login(user("lid"))
    client.get("/leden/")
    end_every_session(user=user("daan"))
    assert client.get("/leden/").status_code == 200
    end_every_session(user=user("lid"))
    assert client.get("/leden/").status_code == 302


def test_a_second_factor_is_an_app_or_a_passkey_and_no_recovery_code():
    person = user("lid")
    assert not has_second_factor(person)
    Authenticator.objects.create(user=person, type="recovery_codes", data={})
    assert not has_second_factor(person)
    Authenticator.objects.create(user=person, type="webauthn", data={})
    assert has_second_factor(person)


def test_a_new_account_has_an_address_that_was_proved():
    made = create_account(email="noa@example.nl", password="x", first_name="Noa", last_name="N", language="en")
    assert (made.first_name, made.last_name, made.language, made.check_password("x")) == ("Noa", "N", "en", True)
    assert list(made.emailaddress_set.values_list("email", "verified", "primary")) == [("noa@example.nl", True, True)]


def test_the_log_is_kept_for_thirteen_months_and_is_one_line_each():
    now = timezone.now()
    record(action=AuditAction.LOGGED_IN, detail="een\r\n  twee", now=NOW)
    line = AuditEntry.objects.order_by("pk").last()
    assert (line.detail, line.at, line.actor_key) == ("een twee", NOW, None)
    record(action=AuditAction.LOGGED_IN, detail="x" * 300)
    line = AuditEntry.objects.order_by("pk").last()
    assert len(line.detail) == 200
    assert now <= line.at <= timezone.now()
    for hours in (-1, 1):
        record(action=AuditAction.EXPORTED, detail=f"{hours}", now=now - timedelta(days=396, hours=hours))
    forget_old_audit_entries.func()
    assert list(AuditEntry.objects.filter(action=AuditAction.EXPORTED).values_list("detail", flat=True)) == ["-1"]
