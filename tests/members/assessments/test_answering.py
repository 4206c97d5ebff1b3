"""Filling in: interrupted, on two devices, blind for each other, and never lost."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import Error, transaction
from django.utils import timezone

from members.assessments.models import Answer, Assessment, Consensus, LogEntry, RaterResponse
from members.assessments.policies import State
from members.assessments.services import (
    AnswersAreClosed,
    Entry,
    EntryIsStale,
    FormIsHandedIn,
    ItemIsUnknown,
    RoundIsClosed,
    ask_raters,
    begin_conversation,
    change_profile,
    choose_role,
    join_assessment,
    log_of,
    remind_raters,
    remind_waiting,
    save_answer,
    start_assessment,
    submit_response,
    take_back,
)
from thuisbasis.network.models import Membership, Practice
from thuisbasis.network.refusals import NotForYou
from thuisbasis.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PROFILE = {"Q1": ["verspreid"], "Q2": "verhuurder", "Q3": 20}


@pytest.fixture
def save(user, visitor, now):
    def do(form, code, choice, *, seen=0, who="lid", reason=""):
        entry = Entry(item_code=code, choice=choice, reason=reason, row_version=seen)
        return save_answer(response=form, entry=entry, actor=user(who), visitor=visitor(who), now=now)

    return do


@pytest.fixture
def form(begin, user, visitor, now):
    assessment = begin()
    return join_assessment(assessment=assessment, actor=user("lid"), visitor=visitor("lid"), is_on_paper=False, now=now)


def test_an_answer_is_kept_with_its_moment_and_its_line_in_the_log(form, save, now, user):
    kept = save(form, "A1", "3")
    assert (kept.choice, kept.reason, kept.row_version, kept.saved_at) == ("3", "", 1, now)
    assert save(form, "A1", "4", seen=1).row_version == 2
    lines = LogEntry.objects.filter(what="answer").order_by("pk")
    assert [(row.actor_key, row.item_code, row.old, row.new, row.is_blind) for row in lines] == [
        (user("lid").pk, "A1", "", "3", True),
        (user("lid").pk, "A1", "3", "4", True),
    ]


def test_the_same_answer_sent_again_changes_nothing(form, save):
    save(form, "A1", "3")
    assert save(form, "A1", "3").row_version == 1
    assert LogEntry.objects.filter(what="answer").count() == 1


def test_z06_an_answer_that_another_device_changed_is_not_overwritten(form, save):
    save(form, "A1", "3")
    save(form, "A1", "4", seen=1)
    with pytest.raises(EntryIsStale) as stale:
        save(form, "A1", "2", seen=1)
    assert (stale.value.theirs.choice, stale.value.theirs.row_version) == ("4", 2)
    assert Answer.objects.get(response=form, item_code="A1").choice == "4"
    assert save(form, "A1", "2", seen=2).choice == "2"


@pytest.mark.parametrize(("mine", "refused"), [("3", False), ("2", True)])
def test_of_two_first_answers_at_one_moment_the_second_is_told(form, save, monkeypatch, mine, refused):
    """The other device's row appears between looking and writing."""
    from members.assessments.services import entries

    real = entries._first

    def meanwhile(model, owner, entry, values):
        Answer.objects.create(response=form, item_code="A1", choice="3", saved_at=values["saved_at"])
        return real(model, owner, entry, values)

    monkeypatch.setattr(entries, "_first", meanwhile)
    if refused:
        with pytest.raises(EntryIsStale):
            save(form, "A1", mine)
    else:
        assert save(form, "A1", mine).choice == "3"


def test_no_answer_makes_no_row_and_an_answer_can_be_emptied(form, save):
    assert save(form, "A1", "").row_version == 0
    assert not Answer.objects.filter(response=form).exists()
    save(form, "A1", "3")
    assert save(form, "A1", "", seen=1).choice == ""


def test_a_reason_is_kept_only_where_something_does_not_apply(form, save):
    assert save(form, "A1", "NA", reason=" Bij ons nooit. ").reason == "Bij ons nooit."
    assert save(form, "A1", "3", seen=1, reason="Bij ons nooit.").reason == ""


def test_an_item_that_is_not_asked_is_refused(form, save):
    with pytest.raises(ItemIsUnknown):
        save(form, "Z9", "3")


def test_z04_toggling_the_profile_keeps_the_answer_unscored(begin, make_round, mirror, user, visitor, fill, now):
    assessment = begin(make_round(mirror), profile={**PROFILE, "Q1": ["geclusterd"]})
    form = fill(assessment, "lid", "3", hand_in=False)
    assert Answer.objects.filter(response=form, item_code="A7").exists()
    lead = {"actor": user("coordinator"), "visitor": visitor("coordinator"), "now": now}
    change_profile(assessment=assessment, profile=PROFILE, **lead)
    assessment = Assessment.objects.with_everything().get(pk=assessment.pk)
    assert "A7" not in {item.code for item in assessment.version.questionnaire.asked(assessment.profile)}
    assert Answer.objects.get(response=form, item_code="A7").choice == "3"
    with pytest.raises(NotForYou):
        change_profile(assessment=assessment, profile=PROFILE, actor=user("lid"), visitor=visitor("lid"), now=now)
    Assessment.objects.filter(pk=assessment.pk).update(state=State.FINAL)
    with pytest.raises(AnswersAreClosed):
        change_profile(assessment=assessment, profile=PROFILE, **lead)


def test_a_practice_begins_once_in_an_open_round_by_its_coordinator(make_round, begin, user, visitor, now):
    current = make_round()
    first = begin(current)
    assert begin(current) == first
    over = make_round(began=90)
    for who, wanted, refusal in (("lid", current, NotForYou), ("coordinator", over, RoundIsClosed)):
        with pytest.raises(refusal):
            start_assessment(
                assessment_round=wanted,
                practice=first.practice,
                profile={},
                actor=user(who),
                visitor=visitor(who),
                now=now,
            )


def test_colleagues_are_asked_once_and_people_from_elsewhere_not_at_all(begin, user, visitor, now):
    assessment = begin()
    people = [user(name) for name in ("lid", "fatima", "daan", "coordinator")]
    lead = {"actor": user("coordinator"), "visitor": visitor("coordinator"), "now": now}
    assert ask_raters(assessment=assessment, users=people, **lead) == 3
    assert ask_raters(assessment=assessment, users=people, **lead) == 0
    told = Notice.objects.filter(kind="assessment_asked").values_list("user__email", flat=True)
    assert sorted(told) == ["fatima@example.nl", "lid@example.nl"]
    with pytest.raises(NotForYou):
        ask_raters(assessment=assessment, users=people, actor=user("lid"), visitor=visitor("lid"), now=now)


def test_z07_a_form_is_its_own_raters_alone(form, save, user, visitor, now):
    for who in ("fatima", "coordinator", "daan", "redactie"):
        with pytest.raises(NotForYou):
            save(form, "A1", "3", who=who)
        assert not RaterResponse.objects.open_to(visitor(who)).filter(pk=form.pk).exists()
        with pytest.raises(NotForYou):
            submit_response(response=form, actor=user(who), visitor=visitor(who), now=now)
    with pytest.raises(NotForYou):
        join_assessment(
            assessment=form.assessment, actor=user("daan"), visitor=visitor("daan"), is_on_paper=False, now=now
        )


def test_whoever_left_the_practice_finds_the_form_no_more_and_the_answers_stay(form, save, user, visitor, now):
    save(form, "A1", "3")
    Membership.objects.filter(user=user("lid")).update(ended_at=now, end_date=timezone.localdate(now))
    assert not RaterResponse.objects.open_to(visitor("lid")).exists()
    with pytest.raises(NotForYou):
        save(form, "A2", "3")
    assert Answer.objects.filter(response=form).count() == 1


def test_a_form_is_handed_in_taken_back_and_closed_by_the_conversation(form, save, user, visitor, now):
    own = {"actor": user("lid"), "visitor": visitor("lid"), "now": now}
    choose_role(response=form, role="begeleider", visitor=visitor("lid"))
    submit_response(response=form, **own)
    submit_response(response=form, **own)
    with pytest.raises(FormIsHandedIn):
        save(form, "A1", "3")
    take_back(response=form, **own)
    take_back(response=form, **own)
    save(form, "A1", "3")
    found = RaterResponse.objects.get(pk=form.pk)
    assert (found.role, found.submitted_at) == ("begeleider", None)
    assert [row.what for row in log_of(assessment=form.assessment)] == ["started"]
    lines = LogEntry.objects.filter(is_blind=True, item_code="").order_by("pk")
    assert [(row.what, row.actor_key) for row in lines] == [
        ("submitted", user("lid").pk), ("taken_back", user("lid").pk),
    ]  # fmt: skip
    begin_conversation(
        assessment=form.assessment, is_sure=True, actor=user("coordinator"), visitor=visitor("coordinator"), now=now
    )
    for refused in (
        lambda: save(form, "A1", "4", seen=1),
        lambda: submit_response(response=form, **own),
        lambda: take_back(response=form, **own),
        lambda: join_assessment(assessment=form.assessment, is_on_paper=True, **own),
        lambda: ask_raters(
            assessment=form.assessment, users=[], actor=user("coordinator"), visitor=visitor("coordinator"), now=now
        ),
    ):
        with pytest.raises(AnswersAreClosed):
            refused()


def test_a_form_on_paper_stands_beside_ones_own(form, user, visitor, now):
    own = {"actor": user("lid"), "visitor": visitor("lid"), "now": now}
    paper = [join_assessment(assessment=form.assessment, is_on_paper=True, **own) for _number in range(2)]
    assert len({form.pk, *(row.pk for row in paper)}) == 3
    assert join_assessment(assessment=form.assessment, is_on_paper=False, **own) == form


class TestReminders:
    def test_z18_only_those_are_reminded_who_did_not_hand_in_and_each_once(self, begin, fill, now):
        assessment = begin()
        fill(assessment, "lid", "3")
        fill(assessment, "fatima", "3", hand_in=False)
        fill(assessment, "pieter", "3", hand_in=False, on_paper=True)
        mail.outbox.clear()
        assert remind_waiting(assessment=assessment, now=now) == 1
        assert remind_waiting(assessment=assessment, now=now) == 1
        assert [(row.user.email, row.kind) for row in Notice.objects.filter(kind__startswith="assessment_")] == [
            ("fatima@example.nl", "assessment_reminder")
        ]
        assert [message.to for message in mail.outbox] == [["fatima@example.nl"]]
        assert "nog niet ingeleverd" in mail.outbox[0].body

    @pytest.mark.parametrize(("days", "told"), [(7, 1), (1, 1), (3, 0)])
    def test_a_week_and_a_day_before_the_end(self, begin, make_round, fill, days, told):
        assessment = begin(make_round(began=10, lasts=10 + days))
        fill(assessment, "lid", "3", hand_in=False)
        mine = Notice.objects.filter(kind=f"assessment_reminder_{days}")
        remind_raters.call()
        remind_raters.call()
        assert mine.count() == told

    def test_nobody_who_left_is_reminded(self, begin, fill, user, now):
        assessment = begin()
        fill(assessment, "lid", "3", hand_in=False)
        leaver = user("lid")
        leaver.is_active = False
        leaver.save()
        assert remind_waiting(assessment=assessment, now=now) == 0


class TestTheLog:
    def test_z17_the_database_refuses_to_change_or_remove_a_line(self, form, save):
        save(form, "A1", "3")
        for touch in (lambda rows: rows.update(new="4"), lambda rows: rows._raw_delete("default")):
            with pytest.raises(Error), transaction.atomic():
                touch(LogEntry.objects.all())

    def test_the_team_reads_what_happened_but_no_raters_answers(self, form, save):
        save(form, "A1", "3")
        assert "answer" not in {row.what for row in log_of(assessment=form.assessment)}
        assert str(LogEntry.objects.filter(what="answer").first()) == "answer A1"

    def test_an_erased_account_leaves_a_number_and_no_name(self, form, save, user, now):
        from members.portal.services.leaving import erase_person

        person = user("lid")
        save(form, "A1", "3")
        key = person.pk
        erase_person(user=person, now=now)
        assert set(
            LogEntry.objects.filter(what="answer", assessment=form.assessment).values_list("actor_key", flat=True)
        ) == {key}
        assert Answer.objects.filter(response=form).count() == 1
        assert "Sanne" not in str(RaterResponse.objects.get(pk=form.pk).user)


def test_what_is_declared_is_readable_in_the_admin(form, save, small):
    assert str(form.assessment) == f"{form.assessment.practice}, {form.assessment.round}"
    assert str(save(form, "A1", "3")) == "A1: 3"
    assert str(form) == str(form.key)
    assert (str(small("ander")), str(small("nog").instrument)) == ("Spiegel HF 1.0.0", "nog")
    assert Consensus(item_code="A1", choice="2").row_version == 1
    assert Practice.objects.filter(pk=form.assessment.practice_id).exists()
    assert form.assessment.round.is_open(timezone.localdate() + timedelta(days=41)) is False
