"""The borders of the rules: what is left alone, who is passed, what follows what."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from event_rows import again
from reading_pages import words

from events.models import EventQuestion, Occurrence, RecapPage, Registration
from events.policies import Status, WaitsFor, attended_enough, may_register
from events.services import (
    accept_offer,
    add_dates,
    begin_recap,
    change_occurrence,
    end_registration,
    forget,
    give_seat,
    keep_queues_moving,
    mail_participants,
    open_feed,
    read_feed,
    remind,
    tell,
    thank_participants,
)
from knowledge.models import Appearance
from thuisbasis.network.models import Consent, Person, WorkingGroup
from thuisbasis.network.policies import ANONYMOUS
from thuisbasis.network.registry import PanelAsk
from thuisbasis.notices.registry import DigestAsk, topic_named

pytestmark = pytest.mark.django_db


def test_the_recurring_work_does_what_is_due(make_date, come, letters, time_machine_at, at):
    time_machine_at(at(2027, 3, 1, 12))
    date = make_date(starts_at=at(2027, 3, 30, 16), capacity=1)
    first, second = come(date, "a@example.org"), come(date, "b@example.org")
    Registration.objects.filter(pk=first.pk).update(status=Status.ENDED, ended_at=timezone.now())
    assert keep_queues_moving.call() == 1
    assert again(second).status == Status.OFFERED
    accept_offer(registration=second, now=timezone.now())
    time_machine_at(at(2027, 3, 29, 16, 5))
    assert remind.call() == 1
    time_machine_at(at(2028, 6, 1, 4))
    assert forget.call() > 0
    assert again(second).email == ""


def test_an_offer_ends_sooner_when_the_date_comes_nearer_and_never_later(make_date, come, visitor):
    now = timezone.now()
    date = make_date(capacity=1, starts_at=now + timedelta(days=30))
    first, second = come(date, "a@example.org"), come(date, "b@example.org")
    end_registration(registration=first, now=now)
    organiser = visitor("redactie")

    def move(days):
        content = {"starts_at": now + timedelta(days=days), "ends_at": now + timedelta(days=days, hours=2)}
        change_occurrence(occurrence=date, content=content, visitor=organiser, now=now)
        return again(second).offered_until

    assert move(20) == now + timedelta(hours=48)
    assert move(1) == now + timedelta(hours=11)
    assert move(20) == now + timedelta(hours=11)
    assert move(0) == now + timedelta(hours=11), "too late for new offers, but nobody is taken one away"


def test_who_waited_for_a_seat_waits_for_the_practice_once_there_are_seats(make_date, come):
    date, now = make_date(capacity=2, practice_limit=1), timezone.now()
    come(date, "lid")
    other = come(date, "a@example.org")
    colleague = come(date, "fatima")
    assert colleague.waits_for == WaitsFor.SEAT
    end_registration(registration=other, now=now)
    assert (again(colleague).status, again(colleague).waits_for) == (Status.WAITING, WaitsFor.PRACTICE)
    come(date, "b@example.org")
    keep_queues_moving.call()
    assert again(colleague).waits_for == WaitsFor.PRACTICE


def test_an_organiser_gives_seats_only_to_who_has_none(make_date, come):
    date, now = make_date(capacity=1), timezone.now()
    first, second = come(date, "a@example.org"), come(date, "b@example.org")
    assert give_seat(registration=first, now=now).confirmed_at == first.confirmed_at
    end_registration(registration=first, now=now)
    assert give_seat(registration=second, now=now).status == Status.CONFIRMED


def test_one_date_keeps_its_own_deadlines(make_event, visitor, at):
    content = {"starts_at": at(2027, 6, 1, 10), "ends_at": at(2027, 6, 1, 11), "closes_at": at(2027, 5, 30, 10)}
    event, organiser = make_event(), visitor("redactie")
    [date] = add_dates(event=event, visitor=organiser, content=content, every="week", times=1, now=timezone.now())
    assert (date.closes_at, date.place, date.capacity) == (at(2027, 5, 30, 10), "", None)
    many = add_dates(event=event, visitor=organiser, content=content, every="week", times=99, now=timezone.now())
    assert len(many) == 60


def test_a_look_back_names_who_spoke(make_event, make_date, user, visitor):
    event = make_event("Met spreker")
    speaker = Person.objects.create(name="Spreker Verzonnen")
    Consent.objects.create(person=speaker, use="guest", given_date="2020-01-01")
    event.appearances.add(Appearance(person=speaker, role="guest"))
    event.save_revision().publish()
    date = make_date(event, starts_at=timezone.now() - timedelta(days=1))
    date.event = type(event).objects.get(pk=event.pk)
    page = begin_recap(occurrence=date, author=user("redactie"), visitor=visitor("redactie"), now=timezone.now())
    assert [row.person for row in page.get_latest_revision_as_object().appearances.all()] == [speaker]


def test_nothing_is_mailed_to_whoever_was_forgotten(make_date, come, letters, user, visitor):
    date = make_date()
    come(date, "lid")
    gone = come(date, "a@example.org")
    Registration.objects.filter(pk=gone.pk).update(email="", name="")
    before = len(letters())
    content = {"group": "all", "subject": "Dag", "text": "Dag"}
    who = {"author": user("redactie"), "visitor": visitor("redactie"), "now": timezone.now()}
    mail_participants(occurrence=date, content=content, key="k", **who)
    assert [message["To"] for message in letters(since=before)] == ["lid@example.nl"]
    Occurrence.objects.filter(pk=date.pk).update(
        starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1)
    )
    page = begin_recap(occurrence=date, **who)
    assert thank_participants(page=page) is True
    assert [message["To"] for message in letters(since=before)] == ["lid@example.nl"] * 2


def test_a_certificate_takes_a_share_of_what_was_held():
    assert attended_enough(attended=3, held=4, percent=75)
    assert not attended_enough(attended=2, held=4, percent=75)
    assert not attended_enough(attended=0, held=0, percent=1)
    assert not attended_enough(attended=4, held=4, percent=None)
    assert attended_enough(attended=2, held=3, percent=66)
    assert not attended_enough(attended=2, held=3, percent=67)


def test_whoever_may_not_see_an_event_may_not_register(make_event, visitor):
    event = make_event(audience="network", registration_for="everyone")
    assert may_register(visitor("lid"), event)
    assert not may_register(ANONYMOUS, event)
    assert not may_register(visitor("bruxelles"), event)


def test_questions_are_checked_when_an_editor_asks_them():
    with pytest.raises(ValidationError, match="twee keuzes"):
        EventQuestion(kind="choice", label="Welke?", options="een\n \n").clean()
    with pytest.raises(ValidationError, match="30 dagen"):
        EventQuestion(kind="needs", label="Dieet?", kept_days=31).clean()
    EventQuestion(kind="needs", label="Dieet?", kept_days=30).clean()


def test_nothing_looks_back_from_before_it_was():
    with pytest.raises(ValidationError, match="nog niet geweest"):
        RecapPage(held_at=timezone.now() + timedelta(hours=1)).clean()


def test_an_offer_stands_on_the_dashboard_with_its_end(make_date, come, user, visitor, logged_in):
    date, now = make_date(capacity=1), timezone.now()
    first, _waiting = come(date, "a@example.org"), come(date, "lid")
    from events.panels import own_events

    def remarks():
        ask = PanelAsk(user=user("lid"), visitor=visitor("lid"), today=timezone.localdate())
        return {str(item.label): str(item.remark) for item in own_events(ask).items}

    assert remarks().get(date.event.title) in (None, "op de wachtlijst")
    date_soon = Occurrence.objects.filter(pk=date.pk)
    date_soon.update(starts_at=now + timedelta(days=3), ends_at=now + timedelta(days=3, hours=1))
    assert remarks()[date.event.title] == "op de wachtlijst"
    end_registration(registration=first, now=now)
    assert remarks()[date.event.title].startswith("Er is een plek voor je, tot ")


def test_a_digest_says_what_is_new_in_the_agenda(make_event, make_date, user, visitor):
    date = make_date(make_event("Net bedacht"))
    make_date(make_event("Voor de stuurgroep", audience="steering_group"))
    now = timezone.now() + timedelta(seconds=1)
    ask = DigestAsk(user=user("lid"), visitor=visitor("lid"), since=now - timedelta(hours=1), until=now)
    items = topic_named("events").items(ask)
    assert [(item.title, item.url) for item in items] == [("Net bedacht", date.event.url)]


@pytest.fixture
def meeting(make_event, make_date, come, time_machine_at, at):
    """Return somebody of a working group with a seat at its meeting, and how that person leaves the group."""
    group = WorkingGroup.objects.get(slug="ervaringskennis")
    memberships = group.memberships.select_related("user").exclude(user__email="redactie@example.nl")
    person = memberships.first().user
    time_machine_at(at(2027, 3, 1, 12))
    event = make_event("Besloten overleg", audience="working_group", working_group=group, registration_for="members")
    date = make_date(event, starts_at=at(2027, 3, 30, 16), join_url="https://zaal.invalid/x")
    row = come(date, person.email.partition("@")[0])
    return person, row, lambda: memberships.filter(user=person).update(ended_at=timezone.now())


def test_whoever_left_a_group_finds_nothing_of_its_meetings(meeting, logged_in, link):
    person, row, leave = meeting
    token, client = open_feed(user=person, name="x", now=timezone.now()), logged_in(person)
    assert client.get(link(row)).status_code == 200
    assert "Besloten overleg" in words(client.get("/leden/agenda/"))
    assert b"Besloten overleg" in read_feed(token=token, now=timezone.now())
    leave()
    for page in ("registration", "join", "enter", "own_calendar", "ticket"):
        assert client.get(link(row, page)).status_code == 404
    assert "Besloten overleg" not in words(client.get("/leden/agenda/"))
    assert "Besloten overleg" not in words(client.get("/leden/"))
    assert b"Besloten overleg" not in read_feed(token=token, now=timezone.now())


def test_whoever_left_a_group_hears_nothing_of_its_meetings(meeting, letters, time_machine_at, at):
    _person, row, leave = meeting
    leave()
    before = len(letters())
    tell(registration=row, what="moved")
    time_machine_at(at(2027, 3, 29, 16, 5))
    assert remind.call() == 0
    assert len(letters()) == before
