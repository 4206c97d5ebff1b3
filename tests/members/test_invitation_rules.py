"""What an invitation writes down, how long each step holds, and what a list of addresses says."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from members.portal.models import DataExport, Invitation, Profile
from members.portal.services import invite, request_export, revoke_invitation
from members.portal.services.bulk import invite_many, read_lines
from members.portal.services.exports import build_export, forget_old_exports
from members.portal.services.invitations import (
    CodeIsWrong,
    InvitationIsForSomebodyElse,
    InvitationIsOver,
    accept_as_member,
    accept_as_newcomer,
    check_code,
    forget_old_invitations,
    send_code,
    usable_invitation,
)
from members.portal.services.leaving import erase_me
from members.portal.services.still_here import ask_who_still_works_here, unconfirmed, unconfirmed_counts
from thuisbasis.accounts.models import AuditAction
from thuisbasis.mail.models import OutgoingMail
from thuisbasis.network.models import Membership, Practice, Role
from thuisbasis.network.services import LastCoordinator, NotYours

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)


@pytest.fixture
def send(coordinator, visitor, practice):
    """Let the coordinator invite; returns the invitation and the token of its link."""

    def do(email="Nieuw@Example.nl ", role=Role.MEMBER, now=NOW, language="nl"):
        invitation = invite(
            practice=practice,
            email=email,
            role=role,
            actor=coordinator,
            visitor=visitor(coordinator),
            language=language,
            now=now,
        )
        return invitation, re.search(r"/uitnodiging/([\w-]+)/", mail.outbox[-1].body)[1]

    return do


@pytest.fixture
def code(send):
    """Return an invitation with the code that was mailed."""

    def do():
        invitation, _token = send()
        send_code(invitation=invitation, language="nl", now=NOW)
        return invitation, re.search(r"\b(\d{6})\b", mail.outbox[-1].body)[1]

    return do


def test_an_invitation_is_kept_and_a_new_one_replaces_it(send, coordinator, practice, audit_log):
    invitation, token = send()
    kept = Invitation.objects.get(pk=invitation.pk)
    assert (kept.email, kept.practice, kept.role) == ("nieuw@example.nl", practice, Role.MEMBER)
    assert (kept.invited_by, kept.created_at, kept.expires_at) == (coordinator, NOW, NOW + timedelta(days=14))
    assert token not in kept.token_hash
    again, new_token = send(role=Role.COORDINATOR, now=NOW + timedelta(days=1))
    assert again.pk == invitation.pk
    assert usable_invitation(token=token, now=NOW) is None
    assert usable_invitation(token=new_token, now=NOW + timedelta(days=15) - timedelta(seconds=1)) == again
    assert usable_invitation(token=new_token, now=NOW + timedelta(days=15)) is None
    assert audit_log(AuditAction.INVITED) == [
        (NOW, coordinator.pk, None, practice.pk, "member"),
        (NOW + timedelta(days=1), coordinator.pk, None, practice.pk, "coordinator"),
    ]


def test_what_was_accepted_or_revoked_is_no_longer_open(send, coordinator, visitor, audit_log, practice):
    accepted, _token = send("een@example.nl")
    revoked, _other = send("twee@example.nl")
    waiting, _third = send("drie@example.nl")
    Invitation.objects.filter(pk=accepted.pk).update(accepted_at=NOW)
    revoke_invitation(invitation=revoked, actor=coordinator, visitor=visitor(coordinator), now=NOW)
    assert Invitation.objects.get(pk=revoked.pk).revoked_at == NOW
    assert Invitation.objects.get(pk=waiting.pk).revoked_at is None
    mine = [accepted.pk, revoked.pk, waiting.pk]
    assert list(Invitation.objects.open().filter(pk__in=mine)) == [waiting]
    assert audit_log(AuditAction.INVITATION_REVOKED) == [(NOW, coordinator.pk, None, practice.pk, "")]


def test_strangers_and_other_roles_are_not_invited(user, visitor, practice, coordinator):
    values = {"practice": practice, "email": "x@example.nl", "language": "nl", "now": NOW}
    with pytest.raises(NotYours):
        invite(**values, role=Role.MEMBER, actor=user("lid"), visitor=visitor(user("lid")))
    with pytest.raises(NotYours):
        invite(**values, role=Role.STEERING_GROUP, actor=coordinator, visitor=visitor(coordinator))


def test_a_code_holds_ten_minutes_and_five_guesses(code):
    invitation, right = code()
    assert Invitation.objects.get(pk=invitation.pk).code_expires_at == NOW + timedelta(minutes=10)
    check_code(invitation=invitation, code=f" {right[:3]} {right[3:]} ", now=NOW + timedelta(seconds=599))
    with pytest.raises(CodeIsWrong):
        check_code(invitation=invitation, code=right, now=NOW + timedelta(minutes=10))
    for _guess in range(4):
        with pytest.raises(CodeIsWrong):
            check_code(invitation=invitation, code="000000" if right != "000000" else "111111", now=NOW)
    with pytest.raises(CodeIsWrong):
        check_code(invitation=invitation, code=right, now=NOW)


def test_guesses_count_for_their_own_invitation_alone(code, send):
    invitation, right = code()
    other, _token = send("ander@example.nl")
    send_code(invitation=other, language="nl", now=NOW)
    check_code(invitation=invitation, code=right, now=NOW)
    attempts = dict(Invitation.objects.filter(pk__in=[invitation.pk, other.pk]).values_list("pk", "code_attempts"))
    assert attempts == {invitation.pk: 1, other.pk: 0}


def test_a_new_code_is_sent_after_half_a_minute_and_starts_the_guesses_anew(code):
    invitation, _right = code()
    Invitation.objects.filter(pk=invitation.pk).update(code_attempts=5)
    invitation.refresh_from_db()
    sent = len(mail.outbox)
    send_code(invitation=invitation, language="nl", now=NOW + timedelta(seconds=29))
    assert len(mail.outbox) == sent
    send_code(invitation=invitation, language="nl", now=NOW + timedelta(seconds=30))
    assert len(mail.outbox) == sent + 1
    assert Invitation.objects.get(pk=invitation.pk).code_attempts == 0


def test_whoever_accepts_belongs_to_the_practice_from_today(send, practice, audit_log, user):
    invitation, _token = send()
    names = {"password": "eerst-een-thuis", "first_name": "Noa", "last_name": "Nieuw", "language": "fr"}
    newcomer = accept_as_newcomer(invitation=invitation, **names, now=NOW)
    assert (newcomer.email, newcomer.first_name, newcomer.language) == ("nieuw@example.nl", "Noa", "fr")
    row = Membership.objects.get(user=newcomer)
    assert (row.practice, row.role, row.start_date, row.end_date) == (practice, Role.MEMBER, NOW.date(), None)
    line = (NOW, newcomer.pk, newcomer.pk, practice.pk, "member")
    assert audit_log(AuditAction.INVITATION_ACCEPTED) == [line]
    used = Invitation.objects.get(pk=invitation.pk)
    assert (used.accepted_at, used.code_hash) == (NOW, "")
    with pytest.raises(InvitationIsOver):
        accept_as_newcomer(invitation=invitation, **names, now=NOW)
    theirs, _token = send("daan@example.nl")
    with pytest.raises(InvitationIsForSomebodyElse):
        accept_as_member(invitation=theirs, user=user("lotte"), now=NOW)
    accept_as_member(invitation=theirs, user=user("daan"), now=NOW)
    assert Membership.objects.filter(user=user("daan"), practice=practice, start_date=NOW.date()).exists()


def test_a_list_says_of_each_line_what_is_asked_and_what_is_wrong(send, practice):
    send("wacht@example.nl")
    text = "\ufeffE-mail;Rol\n\n A@example.nl ; Coördinator \nb@example.nl\nfout\nc@example.nl;baas\nb@example.nl\nlid@example.nl\nWACHT@example.nl;member"
    lines = read_lines(text=text, practice=practice, today=NOW.date())
    assert [(line.number, line.email, line.role, str(line.error), str(line.remark)) for line in lines] == [
        (3, "a@example.nl", "coordinator", "", ""),
        (4, "b@example.nl", "member", "", ""),
        (5, "fout", "member", "Dit is geen e-mailadres.", ""),
        (6, "c@example.nl", "", "We kennen de rol “baas” niet. Kies lid of coördinator.", ""),
        (7, "b@example.nl", "member", "Dit adres staat eerder in de lijst.", ""),
        (8, "lid@example.nl", "member", "Deze persoon hoort al bij de praktijk.", ""),
        (9, "wacht@example.nl", "member", "", "Is al uitgenodigd; krijgt een nieuwe mail."),
    ]
    assert [str(line.role_label) for line in lines[:4]] == ["coördinator", "lid", "lid", ""]
    tabs = read_lines(text="a@example.nl\tlid\nb@example.nl\tcoordinator", practice=practice, today=NOW.date())
    assert [line.role for line in tabs] == ["member", "coordinator"]
    commas = read_lines(text="a@example.nl,lid", practice=practice, today=NOW.date())
    assert [line.email for line in commas] == ["a@example.nl"]
    assert read_lines(text=" \n", practice=practice, today=NOW.date()) == []


def test_only_the_good_lines_of_a_list_are_invited(practice, coordinator, visitor):
    lines = read_lines(text="een@example.nl;coordinator\nfout\ntwee@example.nl", practice=practice, today=NOW.date())
    values = {"practice": practice, "actor": coordinator, "visitor": visitor(coordinator), "language": "nl", "now": NOW}
    assert invite_many(lines=lines, **values) == 2
    sent = Invitation.objects.filter(created_at=NOW).values_list("email", "role")
    assert set(sent) == {("een@example.nl", "coordinator"), ("twee@example.nl", "member")}


def test_what_has_been_over_for_a_month_is_forgotten(send, time_machine):
    old, fresh = send("oud@example.nl")[0], send("vers@example.nl")[0]
    Invitation.objects.filter(pk=old.pk).update(expires_at=NOW - timedelta(days=30, seconds=1))
    Invitation.objects.filter(pk=fresh.pk).update(expires_at=NOW - timedelta(days=29))
    time_machine.move_to(NOW, tick=False)
    assert forget_old_invitations.func() == 1
    assert Invitation.objects.filter(pk=fresh.pk).exists()


def test_a_copy_of_ones_data_is_made_once_kept_a_week_and_told(user, audit_log, time_machine):
    time_machine.move_to(NOW, tick=False)
    export = request_export(user=user("lid"), now=NOW)
    export.refresh_from_db()
    assert (export.requested_at, export.ready_at) == (NOW, NOW)
    assert bytes(export.content).startswith(b"PK")
    assert audit_log(AuditAction.EXPORTED) == [(NOW, user("lid").pk, user("lid").pk, None, "")]
    assert OutgoingMail.objects.filter(key=f"export:{export.pk}", recipients=["lid@example.nl"]).count() == 1
    DataExport.objects.filter(pk=export.pk).update(content=b"")
    build_export.func(export.pk)
    assert bytes(DataExport.objects.get(pk=export.pk).content) == b""
    waiting = DataExport.objects.create(user=user("daan"), requested_at=NOW)
    assert request_export(user=user("daan"), now=NOW) == waiting
    build_export.func(DataExport.objects.create(user=user("lotte"), requested_at=NOW).pk)
    assert set(DataExport.objects.filter(ready_at=None)) == {waiting}
    assert "/leden/mijn-gegevens/" in mail.outbox[-1].body
    DataExport.objects.filter(user=user("lotte")).delete()
    DataExport.objects.filter(pk=export.pk).update(requested_at=NOW - timedelta(days=7, seconds=1))
    assert forget_old_exports.func() == 1
    assert list(DataExport.objects.all()) == [waiting]


def test_who_was_not_looked_at_for_a_quarter_is_counted_once_a_person(user, practice, coordinator, second_coordinator):
    today = NOW.date()
    Membership.objects.exclude(practice=practice).update(ended_at=NOW)
    rows = Membership.objects.filter(practice=practice)
    rows.update(confirmed_at=NOW - timedelta(days=91))
    assert unconfirmed_counts(practice_ids=[practice.pk], today=today) == {}
    rows.filter(user=second_coordinator).update(confirmed_at=NOW - timedelta(days=92))
    assert rows.filter(user=second_coordinator).count() == 2
    assert unconfirmed_counts(practice_ids=[practice.pk], today=today) == {practice.pk: 1}
    assert unconfirmed_counts(practice_ids=[], today=today) == {}
    assert {row.user for row in unconfirmed(practice=practice, today=today)} == {second_coordinator}
    rows.update(confirmed_at=None, start_date=today - timedelta(days=91))
    assert unconfirmed_counts(practice_ids=[practice.pk], today=today) == {}
    rows.update(start_date=today - timedelta(days=92))
    assert unconfirmed_counts(practice_ids=[practice.pk], today=today) == {practice.pk: 4}


@pytest.mark.parametrize(("month", "quarter"), [(1, "2026-1"), (3, "2026-1"), (4, "2026-2"), (12, "2026-4")])
def test_coordinators_are_asked_once_a_quarter(practice, coordinator, time_machine, month, quarter):
    time_machine.move_to(datetime(2026, month, 15, 9, tzinfo=UTC), tick=False)
    Membership.objects.exclude(practice=practice).update(ended_at=NOW)
    asked = ask_who_still_works_here.func()
    keys = set(OutgoingMail.objects.filter(key__startswith="still-here:").values_list("key", flat=True))
    assert keys == {f"still-here:{quarter}:{practice.pk}:{coordinator.pk}"}
    assert asked == 1
    ask_who_still_works_here.func()
    assert OutgoingMail.objects.filter(key__startswith="still-here:").count() == 1


def test_the_last_coordinator_cannot_be_erased_and_others_leave_their_practices_alone(user, coordinator, practice):
    twente = Practice.objects.get(name="Thuis in Twente")
    with pytest.raises(LastCoordinator):
        erase_me(user=coordinator, now=NOW)
    second = Membership.objects.create(
        user=user("pieter"), practice=practice, role=Role.COORDINATOR, start_date="2020-01-01"
    )
    erase_me(user=user("pieter"), now=NOW)
    second.refresh_from_db()
    assert second.ended_at == NOW
    Membership.objects.create(user=user("lid"), practice=twente, role=Role.MEMBER, start_date="2020-01-01")
    others = Membership.objects.filter(ended_at=None).exclude(user=user("lid")).count()
    person = user("lid")
    erase_me(user=person, now=NOW)
    assert not Membership.objects.filter(user=person, ended_at=None).exists()
    assert Membership.objects.filter(ended_at=None).exclude(user=person).count() == others


def test_people_are_found_by_every_word_of_name_work_subject_and_place(practice, user):
    Profile.objects.filter(user=user("lid")).update(job_title="Kok", ask_me_about="brood")
    today = NOW.date()

    def found(text):
        return set(Profile.objects.matching(text, today).values_list("user__email", flat=True))

    lid = {"lid@example.nl"}
    for text in ("kok", "BROOD", "sanne kok", "sanne verzonnen brood deventer", "brood lantaarn", "ijssel kok"):
        assert found(text) == lid, text
    assert found("kok twente") == set()
    assert len(found("")) == Profile.objects.count()
    Membership.objects.filter(user=user("lid")).update(ended_at=NOW)
    assert found("brood deventer") == set()
    assert user("lid").profile not in Profile.objects.present(today)
    assert user("lid").profile not in Profile.objects.of_practice(practice.pk, today)
