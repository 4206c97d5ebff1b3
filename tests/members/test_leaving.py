"""Roles, hand-over and off-boarding: every right follows from today's rows."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from members.portal.models import Invitation
from members.portal.services import ask_who_still_works_here, invite, unconfirmed
from thuisbasis.accounts.models import AuditEntry, User
from thuisbasis.network.models import Membership, Role, WorkingGroupMembership
from thuisbasis.network.services import (
    LastCoordinator,
    NotAMember,
    NotYours,
    change_role,
    confirm_still_here,
    end_membership,
)

pytestmark = pytest.mark.django_db
IJSSEL = "/leden/praktijk/thuis-aan-de-ijssel/"


@pytest.fixture
def off_board(practice, coordinator, visitor):
    def leave(person, successor=None, actor=None):
        end_membership(
            practice=practice,
            user=person,
            successor=successor,
            actor=actor or coordinator,
            visitor=visitor(actor or coordinator),
            now=timezone.now(),
        )

    return leave


def test_off_boarding_takes_sessions_tokens_invitations_and_future_rights_at_once(
    off_board, user, practice, coordinator, visitor, come_in
):
    leaver = user("lid")
    phone = Client()
    come_in(phone, leaver.email)
    phone.post("/account/wachtwoord/vergeten/", {"email": leaver.email})
    reset = mail.outbox[-1].body.split("http://", 1)[1].split()[0].split("/", 1)[1]
    Membership.objects.create(
        user=leaver,
        practice=practice,
        role=Role.RESEARCHER,
        start_date=timezone.localdate() + timedelta(days=30),
    )
    invite(
        practice=practice,
        email=leaver.email,
        role=Role.COORDINATOR,
        actor=coordinator,
        visitor=visitor(coordinator),
        language="nl",
        now=timezone.now(),
    )
    off_board(leaver)
    assert phone.get("/leden/").status_code == 302
    assert not Membership.objects.filter(user=leaver).not_ended(timezone.localdate()).exists()
    assert not WorkingGroupMembership.objects.filter(user=leaver, ended_at__isnull=True).exists()
    assert not Invitation.objects.open().exists()
    leaver.refresh_from_db()
    assert not leaver.is_active
    assert come_in(Client(), leaver.email).status_code == 200
    page = Client().get(f"/{reset}", follow=True).content.decode()
    assert 'type="password"' not in page
    assert AuditEntry.objects.filter(action="off_boarded", actor_key=coordinator.pk, subject_key=leaver.pk).exists()


def test_off_boarding_is_one_transaction(off_board, user, monkeypatch):
    def fail(**kwargs):
        raise RuntimeError

    monkeypatch.setattr("thuisbasis.network.services.memberships.close_account", fail)
    with pytest.raises(RuntimeError):
        off_board(user("lid"))
    assert Membership.objects.filter(user=user("lid")).valid_on(timezone.localdate()).exists()


def test_someone_with_another_practice_keeps_the_account_and_logs_in_again(off_board, user, visitor):
    person = user("ilse")
    from thuisbasis.network.models import Practice

    practice = Practice.objects.get(slug="thuis-aan-de-ijssel")
    Membership.objects.create(user=person, practice=practice, role=Role.MEMBER, start_date="2021-01-01")
    client = Client()
    client.force_login(person)
    client.get("/leden/")
    off_board(person)
    person.refresh_from_db()
    assert person.is_active
    assert client.get("/leden/").status_code == 302
    assert visitor(person).practice_ids == {Practice.objects.get(name="Stadshaard").pk}


def test_an_editor_who_leaves_a_practice_stays_an_editor(off_board, user, practice):
    editor = user("redactie")
    Membership.objects.create(user=editor, practice=practice, role=Role.MEMBER, start_date="2021-01-01")
    off_board(editor)
    editor.refresh_from_db()
    assert editor.is_active


def test_a_membership_that_began_today_can_end_today(off_board, user, practice, visitor):
    newcomer = User.objects.create_user("vandaag@example.nl", "x")
    Membership.objects.create(user=newcomer, practice=practice, role=Role.MEMBER, start_date=timezone.localdate())
    off_board(newcomer)
    assert visitor(newcomer).practice_ids == frozenset()


def test_the_last_coordinator_cannot_leave_without_a_fitting_successor(off_board, user, coordinator):
    for successor in (None, coordinator, user("lotte")):
        with pytest.raises(LastCoordinator):
            off_board(coordinator, successor=successor)
    gone = user("pieter")
    gone.is_active = False
    gone.save()
    with pytest.raises(LastCoordinator):
        off_board(coordinator, successor=gone)
    off_board(coordinator, successor=user("lid"))


def test_the_successor_is_coordinator_from_that_moment(off_board, user, coordinator, practice, visitor):
    off_board(coordinator, successor=user("lid"))
    assert visitor(user("lid")).coordinated_ids == {practice.pk}
    assert visitor(coordinator).practice_ids == frozenset()
    assert AuditEntry.objects.filter(action="handed_over").exists()


def test_with_a_second_coordinator_the_first_may_leave(off_board, coordinator, second_coordinator):
    off_board(coordinator)
    with pytest.raises(LastCoordinator):
        off_board(second_coordinator, actor=second_coordinator)


@pytest.mark.parametrize("actor", ["lid", "lotte", "redactie", "beheer", "stuurgroep"])
def test_only_coordinators_of_the_practice_off_board(off_board, user, actor):
    with pytest.raises(NotYours):
        off_board(user("fatima"), actor=user(actor))


def test_who_is_not_of_the_practice_cannot_be_off_boarded(off_board, user):
    with pytest.raises(NotAMember):
        off_board(user("daan"))


@pytest.fixture
def give(practice, coordinator, visitor):
    def role_for(person, role):
        return change_role(
            practice=practice,
            user=person,
            role=role,
            actor=coordinator,
            visitor=visitor(coordinator),
            now=timezone.now(),
        )

    return role_for


def test_a_role_changes_there_and_back(give, user, visitor, practice):
    person = user("lid")
    give(person, Role.COORDINATOR)
    assert visitor(person).coordinated_ids == {practice.pk}
    assert visitor(person).needs_second_factor
    give(person, Role.MEMBER)
    assert visitor(person).coordinated_ids == frozenset()
    give(person, Role.MEMBER)
    assert visitor(person).practice_ids == {practice.pk}


def test_the_last_coordinator_stays_one(give, coordinator, user):
    with pytest.raises(LastCoordinator):
        give(coordinator, Role.MEMBER)
    with pytest.raises(NotAMember):
        give(user("daan"), Role.MEMBER)


def test_a_coordinator_changes_a_role_on_the_page(logged_in, coordinator, visitor, user):
    client = logged_in(coordinator)
    url = f"{IJSSEL}mensen/sanne-verzonnen/rol/"
    assert "De rol van Sanne Verzonnen" in client.get(url).content.decode()
    assert client.post(url, {"role": "coordinator"}).url == IJSSEL
    assert visitor(user("lid")).coordinated_ids
    assert client.post(url, {"role": "steering_group"}).status_code == 200
    own = f"{IJSSEL}mensen/joris-verzonnen/rol/"
    assert client.post(own, {"role": "member"}).url == "/leden/"


def test_the_page_says_that_a_practice_always_has_a_coordinator(logged_in, coordinator):
    page = logged_in(coordinator).post(f"{IJSSEL}mensen/joris-verzonnen/rol/", {"role": "member"})
    assert "altijd een coördinator" in page.content.decode()


def test_a_coordinator_off_boards_on_the_page_and_names_a_successor_for_the_last(logged_in, coordinator, user):
    client = logged_in(coordinator)
    assert client.post(f"{IJSSEL}mensen/fatima-verzonnen/uit-dienst/").url == IJSSEL
    assert not user("fatima").is_active
    own = f"{IJSSEL}mensen/joris-verzonnen/uit-dienst/"
    assert "laatste coördinator" in client.get(own).content.decode()
    assert "verplicht" in client.post(own).content.decode()
    assert client.post(own, {"successor": user("lid").pk}).url == "/leden/"
    assert client.get("/leden/").status_code == 302


def test_a_page_that_is_overtaken_says_so(logged_in, coordinator, monkeypatch):
    def changed(**kwargs):
        raise NotAMember

    monkeypatch.setattr("members.portal.views.practice.end_membership", changed)
    page = logged_in(coordinator).post(f"{IJSSEL}mensen/fatima-verzonnen/uit-dienst/")
    assert "intussen veranderd" in page.content.decode()


def test_once_a_quarter_coordinators_are_asked_who_still_works_here(practice, coordinator):
    assert ask_who_still_works_here.call() > 0
    count = len(mail.outbox)
    letter = next(message for message in mail.outbox if message.to == [coordinator.email])
    assert letter.subject == "Wie werkt er nog bij Thuis aan de IJssel?"
    assert f"{IJSSEL}werkt-hier-nog/" in letter.body
    ask_who_still_works_here.call()
    assert len(mail.outbox) == count


def test_where_everybody_was_confirmed_nobody_is_asked():
    Membership.objects.update(confirmed_at=timezone.now())
    assert ask_who_still_works_here.call() == 0


def test_confirming_takes_people_off_the_list_for_a_quarter(logged_in, coordinator, practice):
    client = logged_in(coordinator)
    url = f"{IJSSEL}werkt-hier-nog/"
    assert "Sanne Verzonnen" in client.get(url).content.decode()
    client.post(url, {"person": ["sanne-verzonnen", "daan-verzonnen"]})
    names = {str(row.user) for row in unconfirmed(practice=practice, today=timezone.localdate())}
    assert "Sanne Verzonnen" not in names
    assert "Fatima Verzonnen" in names
    later = timezone.localdate() + timedelta(days=93)
    assert "Sanne Verzonnen" in {str(row.user) for row in unconfirmed(practice=practice, today=later)}
    client.post(url, {"person": ["joris-verzonnen", "fatima-verzonnen", "pieter-verzonnen"]})
    assert "Iedereen is nagekeken" in client.get(url).content.decode()


def test_others_do_not_confirm(practice, user, visitor):
    with pytest.raises(NotYours):
        confirm_still_here(
            practice=practice, users=[], actor=user("lid"), visitor=visitor(user("lid")), now=timezone.now()
        )
