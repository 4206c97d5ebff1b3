"""Invitations: the only way in, for one address, once, within fourteen days."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from members.portal.models import Invitation, Profile
from members.portal.services import forget_old_invitations, invite, revoke_invitation
from thuisbasis.accounts.models import AuditEntry, User
from thuisbasis.network.models import Membership, Role
from thuisbasis.network.services import NotYours

pytestmark = [pytest.mark.django_db, pytest.mark.once]
IJSSEL = "/leden/praktijk/thuis-aan-de-ijssel/"
NAMES = {"first_name": "Nina", "last_name": "Nieuw", "password": "vier gewone woorden hier"}


@pytest.fixture
def send(practice, coordinator, visitor):
    """Invite an address; returns the path of the link in the mail."""

    def invited(email="nieuw@example.nl", role=Role.MEMBER):
        invite(
            practice=practice,
            email=email,
            role=role,
            actor=coordinator,
            visitor=visitor(coordinator),
            language="nl",
            now=timezone.now(),
        )
        return re.search(r"https?://[^/\s]+(/leden/uitnodiging/\S+)", mail.outbox[-1].body)[1]

    return invited


def code():
    return re.findall(r"\b\d{6}\b", mail.outbox[-1].body)[0]


def prove(client, link):
    client.post(link)
    return client.post(f"{link}code/", {"code": code()})


def test_from_mail_to_dashboard(client, send):
    link = send()
    page = client.get(link).content.decode()
    assert "Thuis aan de IJssel" in page
    assert "lid" in page
    assert "Joris Verzonnen" in page
    assert not User.objects.filter(email="nieuw@example.nl").exists()
    answer = prove(client, link)
    assert answer.url == f"{link}account/"
    answer = client.post(answer.url, NAMES)
    assert answer.url == "/leden/"
    assert "Dag Nina" in client.get("/leden/").content.decode()
    user = User.objects.get(email="nieuw@example.nl")
    assert Membership.objects.get(user=user).role == Role.MEMBER
    assert str(Profile.objects.get(user=user)) == "Nina Nieuw"
    assert AuditEntry.objects.filter(action="invitation_accepted", actor_key=user.pk).exists()


def test_a_link_works_once(client, send):
    link = send()
    client.post(f"{prove(client, link).url}", NAMES)
    stranger = Client()
    for address in (link, f"{link}code/", f"{link}account/"):
        answer = stranger.get(address)
        assert answer.status_code == 404
        assert "Deze uitnodiging werkt niet meer" in answer.content.decode()


def test_a_double_click_accepts_once(client, send, user, logged_in, monkeypatch):
    link = send()
    page = prove(client, link).url
    invitation = Invitation.objects.get()
    Invitation.objects.update(accepted_at=timezone.now())
    monkeypatch.setattr("members.portal.views.joining.usable_invitation", lambda **kwargs: invitation)
    assert client.post(page, NAMES).url == link
    assert not User.objects.filter(email="nieuw@example.nl").exists()
    second = send("ilse@example.nl")
    invitation = Invitation.objects.get(email="ilse@example.nl")
    browser = logged_in(user("ilse"))
    page = prove(browser, second).url
    Invitation.objects.update(revoked_at=timezone.now())
    assert browser.post(page).url == second
    assert Membership.objects.filter(user=user("ilse")).count() == 1


def test_opening_a_link_changes_nothing_as_mail_scanners_open_links_too(client, send):
    link = send()
    before = len(mail.outbox)
    for _look in range(3):
        client.get(link)
    assert len(mail.outbox) == before
    assert not Invitation.objects.exclude(code_hash="").exists()


def test_a_forwarded_link_is_worth_nothing_without_the_mail_of_who_was_invited(client, send):
    link = send()
    assert client.get(f"{link}account/").url == f"{link}code/"
    assert client.post(f"{link}account/", NAMES).url == f"{link}code/"
    client.post(link)
    assert mail.outbox[-1].to == ["nieuw@example.nl"]
    wrong = "000000" if code() != "000000" else "111111"
    for _guess in range(5):
        assert "klopt niet" in client.post(f"{link}code/", {"code": wrong}).content.decode()
    assert "klopt niet" in client.post(f"{link}code/", {"code": code()}).content.decode(), "after five guesses"
    assert not User.objects.filter(email="nieuw@example.nl").exists()


def test_a_code_works_for_ten_minutes_and_another_comes_after_half_a_minute_only(client, send):
    link = send()
    start = timezone.now()
    client.post(link)
    count = len(mail.outbox)
    client.post(link)
    assert len(mail.outbox) == count
    with time_machine.travel(start + timedelta(minutes=10, seconds=1)):
        assert "te oud" in client.post(f"{link}code/", {"code": code()}).content.decode()
        client.post(link)
        assert len(mail.outbox) == count + 1
        assert client.post(f"{link}code/", {"code": code()}).status_code == 302


def test_an_invitation_expires_after_fourteen_days_and_is_forgotten_a_month_later(client, send):
    link = send()
    with time_machine.travel(timezone.now() + timedelta(days=13, hours=23)):
        assert client.get(link).status_code == 200
        assert forget_old_invitations.call() == 0
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1)):
        assert client.get(link).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=45)):
        assert forget_old_invitations.call() == 1


def test_inviting_again_kills_the_first_link(client, send):
    first, second = send(), send(role=Role.COORDINATOR)
    assert client.get(first).status_code == 404
    assert "coördinator" in client.get(second).content.decode()
    assert Invitation.objects.count() == 1


def test_a_revoked_invitation_opens_nothing(client, send, coordinator, visitor):
    link = send()
    invitation = Invitation.objects.get()
    revoke_invitation(invitation=invitation, actor=coordinator, visitor=visitor(coordinator), now=timezone.now())
    assert client.get(link).status_code == 404
    assert str(invitation) == "nieuw@example.nl, Thuis aan de IJssel"


def test_only_hashes_of_link_and_code_are_stored(client, send):
    link = send()
    client.post(link)
    row = str(Invitation.objects.values().get())
    assert link.split("/")[3] not in row
    assert code() not in row


def test_someone_with_an_account_logs_in_and_joins_a_second_practice(send, user, logged_in):
    link = send("ilse@example.nl")
    client = logged_in(user("ilse"))
    assert "Neem de uitnodiging aan" in client.get(prove(client, link).url).content.decode()
    assert client.post(f"{link}account/").url == "/leden/"
    assert Membership.objects.filter(user=user("ilse")).count() == 2


def test_someone_with_an_account_who_is_not_logged_in_goes_to_the_door_first(client, send):
    link = send("ilse@example.nl")
    answer = client.get(prove(client, link).url)
    assert answer.url.startswith("/account/inloggen/?next=")


def test_an_invitation_is_not_for_whoever_happens_to_be_logged_in(send, user, logged_in):
    link = send("ilse@example.nl")
    client = logged_in(user("lid"))
    prove(client, link)
    assert "ander account" in client.post(f"{link}account/").content.decode()
    assert Membership.objects.filter(user=user("lid")).count() == 1


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"password": "kort"}, "te kort"),
        ({"password": "nieuw@example.nl"}, "lijkt te veel"),
        ({"first_name": ""}, "verplicht"),
    ],
)
def test_a_bad_account_form_says_what_is_wrong_and_keeps_what_was_typed(client, send, changes, error):
    link = send()
    page = client.post(prove(client, link).url, {**NAMES, **changes}).content.decode()
    assert error in page
    assert "Nieuw" in page
    assert not User.objects.filter(email="nieuw@example.nl").exists()


def test_coordinators_invite_for_their_own_practice_only(practice, user, visitor):
    for person in ("lid", "lotte", "stuurgroep", "redactie"):
        with pytest.raises(NotYours):
            invite(
                practice=practice,
                email="x@example.nl",
                role=Role.MEMBER,
                actor=user(person),
                visitor=visitor(user(person)),
                language="nl",
                now=timezone.now(),
            )


def test_coordinators_do_not_give_other_roles(practice, coordinator, visitor, logged_in):
    with pytest.raises(NotYours):
        invite(
            practice=practice,
            email="x@example.nl",
            role=Role.STEERING_GROUP,
            actor=coordinator,
            visitor=visitor(coordinator),
            language="nl",
            now=timezone.now(),
        )
    page = logged_in(coordinator).post(f"{IJSSEL}uitnodigen/", {"email": "x@example.nl", "role": "steering_group"})
    assert page.status_code == 200
    assert not Invitation.objects.exists()


def test_a_coordinator_invites_and_revokes_on_the_page(logged_in, coordinator):
    client = logged_in(coordinator)
    assert client.post(f"{IJSSEL}uitnodigen/", {"email": "Nieuw@Example.nl", "role": "member"}).url == IJSSEL
    page = client.get(IJSSEL).content.decode()
    assert "nieuw@example.nl" in page
    pk = Invitation.objects.get().pk
    assert client.post(f"{IJSSEL}uitnodigingen/{pk}/intrekken/").status_code == 302
    assert Invitation.objects.get().revoked_at
    assert client.post(f"{IJSSEL}uitnodigingen/999999/intrekken/").status_code == 404


def test_inviting_asks_who_you_are_when_that_was_long_ago(client, coordinator):
    client.force_login(coordinator)
    assert client.get(f"{IJSSEL}uitnodigen/").url.startswith("/account/bevestig-jezelf/")


def test_revoking_for_another_practice_is_refused(user, visitor, practice, send):
    send()
    with pytest.raises(NotYours):
        revoke_invitation(
            invitation=Invitation.objects.get(),
            actor=user("lotte"),
            visitor=visitor(user("lotte")),
            now=timezone.now(),
        )
