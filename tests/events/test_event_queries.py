"""Queries per page of the agenda: the same number with a few dates and people as with hundreds."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Occurrence, Registration
from events.models.after import Attendance
from events.policies import Status

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
# The most that each page asks; fewer is fine, more is a change that somebody must want.
MOST = {"agenda": 23, "month": 24, "event": 33, "seats": 15, "door": 11, "mine": 14, "file": 12}


@pytest.fixture
def crowd(make_event, make_date, user):
    """Return a function that adds dates to the agenda and people to one date."""
    event = make_event("Druk")
    date = make_date(event, capacity=900)
    now = timezone.now()

    def add(number):
        for count in range(number):
            other = make_date(make_event(f"Ook druk {Occurrence.objects.count()}"), capacity=9)
            row = {
                "occurrence": other,
                "status": Status.CONFIRMED,
                "place": 1,
                "registered_at": now,
                "confirmed_at": now,
            }
            Registration.objects.create(user=user("redactie"), **row)
            make_date(event, starts_at=now + timedelta(days=2 + count), capacity=3)
        first = date.registrations.count()
        rows = [
            Registration(
                occurrence=date, name=f"N {first + count}", email=f"n{first + count}@example.org", status=Status.CONFIRMED,
                place=first + count, registered_at=now, confirmed_at=now,
            )
            for count in range(number * 10)
        ]  # fmt: skip
        for row in Registration.objects.bulk_create(rows)[::2]:
            Attendance.objects.create(registration=row, at=now, how="door")
            row.answers.create(label="Groep", text="een", kept_until=timezone.localdate())

    return add, event, date


def test_pages_of_the_agenda_ask_as_often_whatever_there_is(crowd, logged_in, user):
    add, event, date = crowd
    client = logged_in(user("redactie"))
    addresses = {
        "agenda": "/agenda/",
        "month": f"/agenda/?toon=maand&maand={timezone.localdate() + timedelta(days=40):%Y-%m}",
        "event": event.url,
        "seats": date.organise_url,
        "door": f"/bijeenkomst/{date.key}/binnen/",
        "mine": "/leden/agenda/",
        "file": f"{date.organise_url}deelnemers.csv",
    }

    def counted():
        found = {}
        for name, address in addresses.items():
            client.get(address)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(address).status_code == 200
            found[name] = len(queries)
        return found

    add(3)
    few = counted()
    add(12)
    many = counted()
    print(few)
    assert many == few
    assert {name: count for name, count in few.items() if count > MOST[name]} == {}
