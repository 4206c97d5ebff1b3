"""Every mail of a registration's life, parsed back from the bytes that went out."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from events.policies import Ending
from events.services import (
    accept_offer,
    cancel_occurrence,
    change_occurrence,
    end_registration,
    mail_participants,
    sweep_queues,
    tell,
    transfer_registration,
)
from events.services.telling import write_to

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROOM = "https://vergaderen.invalid/geheim-7731"


def calendars(message):
    """Return (method in the header, calendar) of each part that a calendar program reads."""
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return [(part.get_param("method"), Calendar.from_ical(part.get_payload(decode=True))) for part in parts]


def event_of(message):
    """Return method and event, after what holds for every calendar mail."""
    [(method, calendar)] = calendars(message)
    assert method == str(calendar["METHOD"])
    [zone] = calendar.walk("VTIMEZONE")
    assert str(zone["TZID"]) == "Europe/Amsterdam"
    [attached] = [part for part in message.walk() if part.get_filename() == "afspraak.ics"]
    assert Calendar.from_ical(attached.get_payload(decode=True)) == calendar
    raw = attached.get_payload(decode=True)
    assert b"\r\n" in raw
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    [event] = calendar.walk("VEVENT")
    return method, event


@pytest.fixture
def organiser(visitor):
    return visitor("redactie")


def change(date, organiser, **content):
    now = timezone.now()
    return change_occurrence(occurrence=date, content=content, visitor=organiser, now=now)


def test_a_registration_lives_from_invitation_to_cancellation_under_one_identity(
    make_date, come, letters, organiser, at
):
    date = make_date(starts_at=at(2027, 3, 25, 16), place="Utrecht", join_url=ROOM, capacity=5)
    row = come(date, "lid")
    change(date, organiser, capacity=6)
    change(date, organiser, place="Zwolle")
    change(date, organiser, starts_at=at(2027, 4, 1, 16), ends_at=at(2027, 4, 1, 18))
    end_registration(registration=row, now=timezone.now())
    found = [event_of(message) for message in letters("lid@example.nl")]
    assert [method for method, _event in found] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
    assert {str(event["UID"]) for _method, event in found} == {f"{row.key}@thuisbasis"}
    assert [int(event["SEQUENCE"]) for _method, event in found] == [0, 1, 2, 3]
    assert [str(event["STATUS"]) for _method, event in found] == ["CONFIRMED"] * 3 + ["CANCELLED"]
    assert [str(event["LOCATION"]) for _method, event in found] == ["Utrecht", "Zwolle", "Zwolle", "Zwolle"]
    assert {str(event["ATTENDEE"]) for _method, event in found} == {"mailto:lid@example.nl"}
    assert {event["ATTENDEE"].params["PARTSTAT"] for _method, event in found} == {"ACCEPTED"}
    assert all("ORGANIZER" in event for _method, event in found)
    starts = [event.decoded("DTSTART") for _method, event in found]
    assert [moment.astimezone(UTC) for moment in starts[1:3]] == [
        datetime(2027, 3, 25, 15, tzinfo=UTC), datetime(2027, 4, 1, 14, tzinfo=UTC),
    ]  # fmt: skip
    assert {(moment.hour, moment.minute) for moment in starts} == {(16, 0)}


@pytest.mark.parametrize(("day", "utc_hour"), [((2021, 3, 25), 15), ((2021, 4, 29), 14)])
def test_four_in_the_afternoon_is_that_on_both_sides_of_28_march_2021(
    make_date, come, letters, at, time_machine_at, day, utc_hour
):
    time_machine_at(at(2021, 1, 10, 12))
    come(make_date(starts_at=at(*day, 16)), "a@example.org")
    _method, event = event_of(letters("a@example.org")[-1])
    start = event.decoded("DTSTART")
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert (start.hour, start.astimezone(UTC).hour, start.date().day) == (16, utc_hour, day[2])


def test_a_name_cannot_add_lines_to_a_calendar_or_a_mail(make_date, letters, make_event):
    from events.services import Registrant, Wish, register
    from thuisbasis.network.policies import ANONYMOUS

    event = make_event("Titel; met, leestekens")
    name = 'Eva"\r\nX-KWAAD:1;\\n\nBCC: x@example.org'
    person = Registrant(visitor=ANONYMOUS, name=name, email="eva@example.org")
    register(occurrence=make_date(event), registrant=person, wish=Wish(), now=timezone.now())
    [message] = letters("eva@example.org")
    _method, found = event_of(message)
    assert "X-KWAAD" not in found
    assert message["Bcc"] is None
    assert str(found["SUMMARY"]) == "Titel; met, leestekens"


def test_whoever_waits_gets_no_appointment_until_there_is_a_seat(make_date, come, letters):
    date, now = make_date(capacity=1), timezone.now()
    first, second = come(date, "a@example.org"), come(date, "b@example.org")
    end_registration(registration=first, now=now)
    accept_offer(registration=second, now=now)
    found = letters("b@example.org")
    assert [message["Subject"].strip() for message in found] == [
        f"Je staat op de wachtlijst voor “{date.event.title}”",
        f"Er is een plek voor je bij “{date.event.title}”",
        f"Je plek bij “{date.event.title}”",
    ]
    assert [len(calendars(message)) for message in found] == [0, 0, 1]
    assert int(event_of(found[2])[1]["SEQUENCE"]) == 0


def test_an_offer_says_until_when(make_date, come, letters, time_machine_at, at):
    time_machine_at(at(2027, 3, 26, 12))
    date = make_date(starts_at=at(2027, 5, 1, 12), capacity=1)
    first, _second = come(date, "a@example.org"), come(date, "b@example.org")
    end_registration(registration=first, now=timezone.now())
    text = letters("b@example.org")[-1].get_body(("plain",)).get_content()
    # Two days are 48 hours, also when the clock skips one of them.
    assert "zondag 28 maart 2027, 13.00 uur" in " ".join(text.split())


def test_a_declined_and_a_lost_offer_are_told_without_a_calendar(make_date, come, letters):
    date, now = make_date(capacity=1), timezone.now()
    first, second, third = (come(date, f"{name}@example.org") for name in "abc")
    end_registration(registration=first, now=now)
    end_registration(registration=second, ending=Ending.DECLINED, now=now)
    sweep_queues(now=now + timedelta(hours=49))
    for who, subject in (("b", "Je hebt de plek bij"), ("c", "De plek bij")):
        message = letters(f"{who}@example.org")[-1]
        assert message["Subject"].strip().startswith(subject)
        assert calendars(message) == []
    assert third.confirmed_at is None


def test_whoever_leaves_the_queue_hears_that_and_nothing_of_a_seat(make_date, come, letters):
    waiting = come(make_date(capacity=0), "b@example.org")
    end_registration(registration=waiting, now=timezone.now())
    text = letters("b@example.org")[-1].get_body(("plain",)).get_content()
    assert "Je staat niet meer op de wachtlijst." in text
    assert "Je plek" not in text


def test_both_are_mailed_when_a_seat_goes_to_a_colleague(make_date, come, user, letters):
    row = come(make_date(), "lid")
    new = transfer_registration(registration=row, colleague=user("fatima"), now=timezone.now())
    old_method, old = event_of(letters("lid@example.nl")[-1])
    new_method, event = event_of(letters("fatima@example.nl")[-1])
    assert (old_method, str(old["UID"]), int(old["SEQUENCE"])) == ("CANCEL", f"{row.key}@thuisbasis", 1)
    assert (new_method, str(event["UID"]), int(event["SEQUENCE"])) == ("REQUEST", f"{new.key}@thuisbasis", 0)


def test_everybody_hears_why_a_date_is_off(make_date, come, letters, organiser):
    date = make_date(capacity=1)
    come(date, "lid")
    come(date, "a@example.org")
    told = cancel_occurrence(occurrence=date, reason="De zaal staat blank.", visitor=organiser, now=timezone.now())
    assert told == 2
    for who, has_calendar in (("lid@example.nl", True), ("a@example.org", False)):
        message = letters(who)[-1]
        assert message["Subject"].strip() == f"“{date.event.title}” gaat niet door"
        assert "De zaal staat blank." in message.get_body(("plain",)).get_content()
        assert bool(calendars(message)) is has_calendar
    method, event = event_of(letters("lid@example.nl")[-1])
    assert (method, str(event["STATUS"]), int(event["SEQUENCE"])) == ("CANCEL", "CANCELLED", 1)
    assert cancel_occurrence(occurrence=date, reason="x", visitor=organiser, now=timezone.now()) == 0


def test_the_same_news_is_mailed_once(make_date, come, letters):
    row = come(make_date(), "lid")
    tell(registration=row, what="confirmed")
    tell(registration=row, what="confirmed")
    assert len(letters("lid@example.nl")) == 1
    tell(registration=row, what="again")
    tell(registration=row, what="again")
    assert len(letters("lid@example.nl")) == 2


def test_news_that_is_no_longer_true_is_not_mailed(make_date, come, letters):
    row = come(make_date(), "lid")
    end_registration(registration=row, now=timezone.now())
    before = len(letters())
    for what in ("confirmed", "waiting", "offered", "moved", "again"):
        assert write_to(registration_id=row.pk, what=what, now=timezone.now()) is False
    assert write_to(registration_id=999_999, what="confirmed", now=timezone.now()) is False
    assert len(letters()) == before


def test_the_room_stands_in_no_mail_but_our_own_door_does(make_date, come, letters, organiser):
    date = make_date(join_url=ROOM, capacity=1)
    come(date, "lid")
    come(date, "a@example.org")
    change(date, organiser, place="Online")
    content = {"group": "all", "subject": "Tot morgen", "text": "We beginnen op tijd."}
    author = date.event.content_owner
    mail_participants(occurrence=date, author=author, visitor=organiser, content=content, key="k", now=timezone.now())
    whole = b"".join(part.get_payload(decode=True) or b"" for mail in letters() for part in mail.walk())
    assert b"geheim-7731" not in whole
    assert b"/deelnemen/" in re.sub(rb"\r\n ", b"", whole)


def test_whoever_reads_english_is_written_to_in_english(make_date, come, user, letters):
    person = user("lid")
    person.language = "en"
    person.save()
    date = make_date(place="Utrecht")
    come(date, "lid")
    [message] = letters("lid@example.nl")
    assert "Je " not in message["Subject"]
