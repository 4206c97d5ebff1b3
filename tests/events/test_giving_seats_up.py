"""Leaving, handing over, and an order that a person changes."""

from datetime import timedelta

import pytest
from django.utils import timezone
from event_rows import again

from events.models import Registration
from events.policies import Ending, Status
from events.services import (
    AlreadyRegistered,
    NotAColleague,
    OfferIsOver,
    ReasonIsMissing,
    TooLateToCancel,
    end_registration,
    move_in_queue,
    transfer_registration,
)
from thuisbasis.accounts.models import AuditAction
from thuisbasis.network.models import Membership

pytestmark = pytest.mark.django_db


def test_cancelling_is_possible_until_the_deadline_and_for_the_organiser_after_it(make_date, come):
    now = timezone.now()
    date = make_date(capacity=1, cancel_until=now + timedelta(hours=1))
    row, waiting = come(date, "lid"), come(date, "a@example.org")
    with pytest.raises(TooLateToCancel):
        end_registration(registration=row, now=now + timedelta(hours=1))
    assert end_registration(registration=waiting, now=now + timedelta(hours=2)).ending == Ending.CANCELLED
    ended = end_registration(registration=row, now=now + timedelta(hours=2), is_by_organiser=True)
    assert (ended.status, ended.ending, ended.sequence) == (Status.ENDED, Ending.CANCELLED, 1)
    assert end_registration(registration=row, now=now + timedelta(hours=3)).ended_at == ended.ended_at


def test_the_rest_of_a_group_ends_with_the_group(make_event, make_date, come):
    date = make_date(make_event("Groepen", largest_group=5), capacity=2)
    group = come(date, "groep@example.org", seats=3, fewer=True)
    end_registration(registration=group, now=timezone.now())
    assert {row.status for row in date.registrations.all()} == {Status.ENDED}


def test_whoever_cancelled_can_register_again(make_date, come):
    date = make_date(capacity=1)
    first = come(date, "lid")
    end_registration(registration=first, now=timezone.now())
    second = come(date, "lid")
    assert (second.status, second.pk == first.pk) == (Status.CONFIRMED, False)


def test_a_seat_goes_to_a_colleague_and_the_number_of_seats_stays(make_date, come, user):
    date, now = make_date(capacity=2), timezone.now()
    row, waiting = come(date, "lid"), come(date, "a@example.org")
    behind = come(date, "b@example.org")
    new = transfer_registration(registration=row, colleague=user("fatima"), now=now)
    assert (again(row).status, again(row).ending, again(row).sequence) == (Status.ENDED, Ending.TRANSFERRED, 1)
    assert (new.user, new.practice, new.status, new.seats, new.confirmed_at) == (
        user("fatima"), row.practice, Status.CONFIRMED, 1, now,
    )  # fmt: skip
    assert new.key != row.key
    assert new.ticket_code != row.ticket_code
    assert (again(waiting).status, again(behind).status) == (Status.CONFIRMED, Status.WAITING)
    assert Registration.objects.filter(occurrence=date).tally(None).held == 2


def test_a_seat_goes_to_nobody_elsewhere_and_to_nobody_who_has_one(make_date, come, user):
    date, now = make_date(), timezone.now()
    row = come(date, "lid")
    stranger = come(date, "a@example.org")
    for registration, colleague in ((row, "daan"), (row, "lid"), (stranger, "fatima")):
        with pytest.raises(NotAColleague):
            transfer_registration(registration=registration, colleague=user(colleague), now=now)
    Membership.objects.filter(user=user("pieter")).update(ended_at=now)
    with pytest.raises(NotAColleague):
        transfer_registration(registration=row, colleague=user("pieter"), now=now)
    come(date, "fatima")
    with pytest.raises(AlreadyRegistered):
        transfer_registration(registration=row, colleague=user("fatima"), now=now)
    end_registration(registration=row, now=now)
    with pytest.raises(OfferIsOver):
        transfer_registration(registration=row, colleague=user("coordinator"), now=now)


def test_a_colleague_who_waited_waits_no_longer(make_date, come, user):
    date, now = make_date(capacity=1), timezone.now()
    row, waiting = come(date, "lid"), come(date, "fatima")
    new = transfer_registration(registration=row, colleague=user("fatima"), now=now)
    assert (again(waiting).status, new.status) == (Status.ENDED, Status.CONFIRMED)
    assert date.registrations.active().count() == 1


def test_the_order_of_a_queue_changes_only_with_a_reason_in_the_log(make_date, come, user, audit_log):
    date = make_date(capacity=1)
    come(date, "z@example.org")
    first, second, third = come(date, "lid"), come(date, "b@example.org"), come(date, "c@example.org")
    with pytest.raises(ReasonIsMissing):
        move_in_queue(registration=third, to_place=1, reason=" ", actor=user("redactie"), now=timezone.now())
    queue = move_in_queue(registration=third, to_place=1, reason="spreker", actor=user("redactie"), now=timezone.now())
    assert [row.pk for row in queue] == [third.pk, first.pk, second.pk]
    assert list(date.registrations.in_queue().values_list("pk", flat=True)) == [third.pk, first.pk, second.pk]
    move_in_queue(registration=first, to_place=9, reason="ziek", actor=user("redactie"), now=timezone.now())
    assert list(date.registrations.in_queue().values_list("pk", flat=True)) == [third.pk, second.pk, first.pk]
    lines = audit_log(AuditAction.QUEUE_CHANGED)
    assert [line[1:3] for line in lines] == [(user("redactie").pk, None), (user("redactie").pk, user("lid").pk)]
    assert lines[0][4].endswith("1: spreker")


def test_whoever_does_not_wait_is_not_moved(make_date, come, user):
    row = come(make_date(), "lid")
    assert move_in_queue(registration=row, to_place=1, reason="x", actor=user("redactie"), now=timezone.now()) == []
