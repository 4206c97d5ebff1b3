"""Registering, waiting, offers, groups and limits, one at a time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from event_rows import again

from events.models import Registration
from events.policies import Ending, Status, WaitsFor
from events.services import (
    NoSeatLeft,
    OfferIsOver,
    RegistrationIsClosed,
    accept_offer,
    end_registration,
    give_seat,
    sweep_queues,
)
from thuisbasis.network.models import Practice
from thuisbasis.network.refusals import NotForYou

pytestmark = pytest.mark.django_db


def test_a_seat_is_written_down_whole(make_date, come, user):
    date, now = make_date(capacity=2), timezone.now()
    row = again(come(date, "lid", now=now))
    practice = Practice.objects.get(slug="thuis-aan-de-ijssel")
    assert (row.user, row.practice, row.status, row.seats) == (user("lid"), practice, Status.CONFIRMED, 1)
    assert (row.place, row.registered_at, row.confirmed_at, row.sequence) == (1, now, now, 0)
    assert (row.name, row.email, row.waits_for, row.offered_until, row.ended_at) == ("", "", "", None, None)
    stranger = again(come(date, "buur@example.org"))
    assert (stranger.user, stranger.name, stranger.email, stranger.place) == (None, "Buur", "buur@example.org", 2)


def test_whoever_registers_twice_has_one_registration(make_date, come):
    date = make_date(capacity=5)
    assert come(date, "lid").pk == come(date, "lid").pk
    assert come(date, "a@example.org").pk == come(date, "a@example.org").pk
    assert date.registrations.count() == 2


def test_whoever_logs_in_later_or_forgets_to_is_still_one_person(make_date, come, user, client, letters):
    date = make_date(capacity=5)
    stranger = come(date, "lid@example.nl")
    known = come(date, "lid")
    assert (known.pk, known.user, known.email, known.practice.slug) == (
        stranger.pk, user("lid"), "", "thuis-aan-de-ijssel",
    )  # fmt: skip
    assert come(date, "lid@example.nl").pk == known.pk
    assert again(known).user == user("lid"), "without logging in nothing is taken from a member"
    assert date.registrations.count() == 1


def test_the_database_itself_refuses_a_second_seat_for_one_person(make_date, come):
    row = come(make_date(), "lid")
    twin = {"occurrence": row.occurrence, "status": Status.WAITING, "place": 9, "registered_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(user=row.user, **twin)
    other = come(row.occurrence, "a@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(email=other.email, **twin)


def test_the_last_seat_goes_to_the_first_and_the_rest_wait_in_order(make_date, come):
    date = make_date(capacity=1)
    rows = [come(date, f"{name}@example.org") for name in "abc"]
    assert [row.status for row in rows] == [Status.CONFIRMED, Status.WAITING, Status.WAITING]
    assert [row.waits_for for row in rows] == ["", WaitsFor.SEAT, WaitsFor.SEAT]
    assert [Registration.objects.ahead_of(row) for row in rows[1:]] == [0, 1]


def test_without_a_number_of_seats_everybody_comes(make_date, come):
    date = make_date(capacity=None)
    assert {come(date, f"{name}@example.org").status for name in "abcdef"} == {Status.CONFIRMED}


def test_nobody_registers_after_it_closes_or_when_it_is_off(make_date, come):
    now = timezone.now()
    closed = make_date(closes_at=now)
    begun = make_date(starts_at=now - timedelta(minutes=1))
    off = make_date(cancelled_at=now)
    for date in (closed, begun, off):
        with pytest.raises(RegistrationIsClosed):
            come(date, "a@example.org", now=now)
    assert come(make_date(closes_at=now + timedelta(seconds=1)), "a@example.org", now=now).status == Status.CONFIRMED


def test_only_those_for_whom_it_is_register(make_event, make_date, come):
    members = make_date(make_event("Voor leden", registration_for="members"))
    nobody = make_date(make_event("Zonder inschrijven", registration_for="nobody"))
    steering = make_date(make_event("Voor de stuurgroep", audience="steering_group"))
    hidden = make_date(make_event("Nog niet op de site"))
    hidden.event.unpublish()
    for date, who in (
        (members, "a@example.org"),
        (nobody, "lid"),
        (steering, "lid"),
        (hidden, "lid"),
        (members, "bruxelles"),
    ):
        with pytest.raises(NotForYou):
            come(date, who)
    assert come(members, "lid").status == Status.CONFIRMED
    assert come(steering, "stuurgroep").status == Status.CONFIRMED


def test_a_practice_gets_no_more_than_its_share_until_a_week_before(make_date, come):
    starts = timezone.now() + timedelta(days=40)
    date = make_date(starts_at=starts, capacity=10, practice_limit=2)
    rows = [come(date, who) for who in ("lid", "coordinator", "fatima", "pieter")]
    assert [row.status for row in rows] == [Status.CONFIRMED] * 2 + [Status.WAITING] * 2
    assert {row.waits_for for row in rows[2:]} == {WaitsFor.PRACTICE}
    assert come(date, "ilse").status == Status.CONFIRMED, "another practice is not held up"
    assert sweep_queues(now=starts - timedelta(days=8)) == 0
    assert sweep_queues(now=starts - timedelta(days=6, hours=23)) == 2
    assert {again(row).status for row in rows[2:]} == {Status.OFFERED}


def test_who_waits_for_the_practice_waits_for_a_seat_once_all_are_taken(make_date, come):
    date = make_date(capacity=3, practice_limit=1)
    come(date, "lid")
    waiting = come(date, "fatima")
    assert waiting.waits_for == WaitsFor.PRACTICE
    come(date, "a@example.org")
    come(date, "b@example.org")
    assert come(date, "coordinator").waits_for == WaitsFor.SEAT


def test_a_freed_seat_is_offered_at_once_for_two_days(make_date, come):
    date, now = make_date(capacity=1), timezone.now()
    first, second, third = (come(date, f"{name}@example.org") for name in "abc")
    end_registration(registration=first, now=now)
    assert (again(second).status, again(second).offered_until) == (Status.OFFERED, now + timedelta(hours=48))
    assert again(third).status == Status.WAITING
    assert come(date, "nieuw@example.org").status == Status.WAITING, "an offered seat is taken"


def test_an_offer_is_accepted_once(make_date, come):
    date, now = make_date(capacity=1), timezone.now()
    first, second = (come(date, f"{name}@example.org") for name in "ab")
    end_registration(registration=first, now=now)
    later = now + timedelta(hours=47)
    assert accept_offer(registration=second, now=later).status == Status.CONFIRMED
    assert accept_offer(registration=second, now=later + timedelta(days=3)).confirmed_at == later
    row = again(second)
    assert (row.status, row.offered_until, row.waits_for) == (Status.CONFIRMED, None, "")


def test_an_offer_that_runs_out_passes_on_and_sweeping_twice_offers_once(make_date, come):
    date, now = make_date(capacity=1), timezone.now()
    first, second, third = (come(date, f"{name}@example.org") for name in "abc")
    end_registration(registration=first, now=now)
    late = now + timedelta(hours=48)
    with pytest.raises(OfferIsOver):
        accept_offer(registration=second, now=late)
    sweep_queues(now=late)
    sweep_queues(now=late)
    assert (again(second).status, again(second).ending, again(second).ended_at) == (Status.ENDED, Ending.EXPIRED, late)
    assert (again(third).status, again(third).offered_until) == (Status.OFFERED, late + timedelta(hours=48))
    with pytest.raises(OfferIsOver):
        accept_offer(registration=second, now=late)


def test_a_declined_offer_passes_on(make_date, come):
    date, now = make_date(capacity=1), timezone.now()
    first, second, third = (come(date, f"{name}@example.org") for name in "abc")
    end_registration(registration=first, now=now)
    end_registration(registration=second, ending=Ending.DECLINED, now=now)
    assert (again(second).ending, again(third).status) == (Ending.DECLINED, Status.OFFERED)


def test_in_the_last_two_hours_nothing_is_offered_and_nobody_passes_the_queue(make_date, come):
    starts = timezone.now() + timedelta(hours=1)
    date = make_date(starts_at=starts, capacity=1)
    first, second = (come(date, f"{name}@example.org") for name in "ab")
    end_registration(registration=first, now=timezone.now())
    assert again(second).status == Status.WAITING
    assert come(date, "nieuw@example.org").status == Status.WAITING
    assert sweep_queues(now=timezone.now()) == 0
    assert give_seat(registration=second, now=timezone.now()).status == Status.CONFIRMED
    with pytest.raises(NoSeatLeft):
        give_seat(registration=Registration.objects.get(email="nieuw@example.org"), now=timezone.now())


def test_a_group_takes_what_there_is_and_the_rest_waits(make_event, make_date, come):
    date = make_date(make_event("Groepen", largest_group=5), capacity=4)
    come(date, "a@example.org", seats=2)
    group = come(date, "groep@example.org", seats=3, fewer=True)
    assert (group.status, group.seats) == (Status.CONFIRMED, 2)
    [rest] = group.rests.all()
    assert (rest.status, rest.seats, rest.place, rest.email) == (Status.WAITING, 1, group.place, group.email)
    end_registration(registration=Registration.objects.get(email="a@example.org"), now=timezone.now())
    assert again(rest).status == Status.OFFERED
    assert accept_offer(registration=rest, now=timezone.now()).pk == group.pk
    assert accept_offer(registration=rest, now=timezone.now()).pk == group.pk
    assert (again(group).seats, again(rest).status, again(rest).ending) == (3, Status.ENDED, Ending.JOINED)
    assert Registration.objects.filter(occurrence=date).tally(None).held == 3


def test_a_group_that_stays_together_waits_together(make_event, make_date, come):
    date = make_date(make_event("Groepen", largest_group=5), capacity=4)
    first, second = come(date, "a@example.org"), come(date, "b@example.org")
    group = come(date, "groep@example.org", seats=3, fewer=False)
    assert (group.status, group.seats, group.rests.count()) == (Status.WAITING, 3, 0)
    assert come(date, "alleen@example.org").status == Status.CONFIRMED, (
        "it chose to let others pass while it does not fit"
    )
    end_registration(registration=first, now=timezone.now())
    assert again(group).status == Status.WAITING
    end_registration(registration=second, now=timezone.now())
    assert (again(group).status, again(group).seats) == (Status.OFFERED, 3)


def test_a_waiting_group_that_takes_fewer_is_offered_fewer(make_event, make_date, come):
    date = make_date(make_event("Groepen", largest_group=5), capacity=2)
    first = come(date, "a@example.org")
    come(date, "b@example.org")
    group = come(date, "groep@example.org", seats=3, fewer=True)
    assert group.status == Status.WAITING
    end_registration(registration=first, now=timezone.now())
    assert (again(group).status, again(group).seats) == (Status.OFFERED, 1)
    assert [(rest.status, rest.seats) for rest in group.rests.all()] == [(Status.WAITING, 2)]


def test_nobody_asks_for_more_seats_than_a_group_may_have(make_event, make_date, come):
    date = make_date(make_event("Groepen", largest_group=3), capacity=9)
    assert come(date, "a@example.org", seats=50).seats == 3
    assert come(date, "b@example.org", seats=0).seats == 1
