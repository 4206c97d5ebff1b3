"""Calendars that programs read: one date for everybody, and everything of one person."""

import subprocess
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone
from icalendar import Calendar

from events.models import CalendarFeed
from events.services import (
    TooManyFeeds,
    cancel_occurrence,
    change_occurrence,
    close_feed,
    end_registration,
    open_feed,
    read_feed,
)
from thuisbasis.base.calendars import other_calendars
from thuisbasis.network.services import end_membership

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROOM = "https://vergaderen.invalid/geheim-7731"


def feed_of(user):
    return open_feed(user=user, name="telefoon", now=timezone.now())


def events(content):
    calendar = Calendar.from_ical(content)
    assert str(calendar["METHOD"]) == "PUBLISH"
    return calendar.walk("VEVENT")


def test_a_feed_holds_ones_own_seats_and_nobody_elses(client, make_date, come, user, at):
    mine = come(make_date(starts_at=at(2027, 3, 25, 16), join_url=ROOM), "lid")
    come(make_date(), "fatima")
    full = make_date(capacity=0)
    come(full, "lid")
    answer = client.get(f"/agenda-koppeling/{feed_of(user('lid'))}.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Referrer-Policy"] == "no-referrer"
    found = {str(event["UID"]): event for event in events(answer.content)}
    assert f"{mine.key}@thuisbasis" in found
    demo = user("lid").registrations.filter(confirmed_at__isnull=False)
    assert set(found) == {f"{row.key}@thuisbasis" for row in demo}
    event = found[f"{mine.key}@thuisbasis"]
    assert "ATTENDEE" not in event
    assert "ORGANIZER" not in event
    assert event.decoded("DTSTART").astimezone(UTC).hour == 15
    assert b"geheim-7731" not in answer.content.replace(b"\r\n ", b"")
    assert "/deelnemen/" in str(event["LOCATION"])


def test_a_feed_says_when_something_is_off(client, make_date, come, user, visitor):
    row = come(make_date(), "lid")
    token = feed_of(user("lid"))
    cancel_occurrence(occurrence=row.occurrence, reason="x", visitor=visitor("redactie"), now=timezone.now())
    [event] = [e for e in events(client.get(f"/agenda-koppeling/{token}.ics").content) if str(row.key) in str(e["UID"])]
    assert (str(event["STATUS"]), int(event["SEQUENCE"])) == ("CANCELLED", 1)


def test_an_unchanged_feed_is_not_sent_again(client, make_date, come, user):
    row = come(make_date(), "lid")
    address = f"/agenda-koppeling/{feed_of(user('lid'))}.ics"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    end_registration(registration=row, now=timezone.now())
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)


def test_only_a_digest_of_the_token_is_kept_and_it_is_shown_once(logged_in, user):
    person = user("lid")
    client = logged_in(person)
    answer = client.post("/leden/agenda/koppelen/", {"name": "telefoon"})
    feed = CalendarFeed.objects.get(user=person)
    [line] = [part for part in answer.content.decode().split('"') if "/agenda-koppeling/" in part and "http" in part][
        :1
    ]
    token = line.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(token) >= 43, "256 bits"
    assert token not in str(vars(feed))
    assert token not in client.get("/leden/agenda/koppelen/").content.decode()
    assert client.get(f"/agenda-koppeling/{token}.ics").status_code == 200
    assert CalendarFeed.objects.get(user=person).last_read_date == timezone.localdate()
    client.post(f"/leden/agenda/koppelen/{feed.pk}/weg/")
    assert client.get(f"/agenda-koppeling/{token}.ics").status_code == 404


def test_feeds_have_names_of_their_own_and_one_can_go_alone(user):
    person, now = user("lid"), timezone.now()
    phone, laptop = feed_of(person), feed_of(person)
    assert phone != laptop
    assert close_feed(user=user("fatima"), feed_id=CalendarFeed.objects.first().pk) is False
    assert close_feed(user=person, feed_id=CalendarFeed.objects.order_by("pk").first().pk) is True
    assert (read_feed(token=phone, now=now), read_feed(token=laptop, now=now) is None) == (None, False)


def test_nobody_has_more_than_ten_feeds(user, logged_in):
    for _number in range(10):
        feed_of(user("lid"))
    with pytest.raises(TooManyFeeds):
        feed_of(user("lid"))
    answer = logged_in(user("lid")).post("/leden/agenda/koppelen/", {"name": "elfde"})
    assert "al tien koppelingen" in answer.content.decode()


def test_a_feed_and_the_seats_end_when_somebody_leaves(make_date, come, user, visitor):
    date, now = make_date(capacity=1), timezone.now()
    row, waiting = come(date, "fatima"), come(date, "a@example.org")
    token = feed_of(user("fatima"))
    practice = row.practice
    end_membership(
        practice=practice, user=user("fatima"), successor=None, actor=user("coordinator"),
        visitor=visitor("coordinator"), now=now,
    )  # fmt: skip
    row.refresh_from_db()
    waiting.refresh_from_db()
    assert (row.status, row.ending, waiting.status) == ("ended", "left", "offered")
    assert read_feed(token=token, now=now) is None


def test_an_invented_token_answers_nothing(client):
    assert client.get("/agenda-koppeling/verzonnen.ics").status_code == 404


def test_everybody_can_take_a_date_along(client, make_date, at):
    date = make_date(starts_at=at(2027, 4, 29, 16), place="Utrecht", join_url=ROOM)
    answer = client.get(f"/bijeenkomst/{date.key}/agenda.ics")
    [event] = events(answer.content)
    assert (str(event["UID"]), int(event["SEQUENCE"]), str(event["LOCATION"])) == (
        f"{date.key}@thuisbasis",
        0,
        "Utrecht",
    )
    assert b"geheim" not in answer.content
    links = dict(other_calendars(date.appointment()))
    google = parse_qs(urlsplit(links["Google"]).query)
    assert google["dates"] == ["20270429T140000Z/20270429T160000Z"]
    assert parse_qs(urlsplit(links["Outlook"]).query)["startdt"] == ["2027-04-29T14:00:00+00:00"]
    page = client.get(date.event.url).content.decode()
    assert f"/bijeenkomst/{date.key}/agenda.ics" in page
    assert "https://calendar.google.com/calendar/render?" in page


def test_a_calendar_program_of_debian_reads_the_feed_with_the_right_times(
    program, tmp_path, make_date, come, user, time_machine_at, at
):
    time_machine_at(at(2021, 1, 10, 12))
    for number, day in enumerate(((2021, 3, 25), (2021, 4, 29)), start=1):
        date = make_date(starts_at=at(*day, 16), hours=1)
        type(date.event).objects.filter(pk=date.event.pk).update(title=f"Talkshow nummer {number}")
        come(date, "lid")
    feed = read_feed(token=feed_of(user("lid")), now=timezone.now())
    (tmp_path / "agenda").mkdir()
    (tmp_path / "feed.ics").write_bytes(feed)
    config = tmp_path / "khal.conf"
    config.write_text(
        f"[calendars]\n[[ons]]\npath = {tmp_path}/agenda\n[locale]\nlocal_timezone = Europe/Amsterdam\n"
        "default_timezone = Europe/Amsterdam\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        f"datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n[sqlite]\npath = {tmp_path}/khal.db\n"
    )
    khal = [program("khal"), "-c", str(config)]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    done = {"capture_output": True, "text": True, "env": environment}
    subprocess.run([*khal, "import", "--batch", "-a", "ons", str(tmp_path / "feed.ics")], check=True, **done)
    shape = "{start-date} {start-time} {end-time} {title}"
    listed = subprocess.run(
        [*khal, "list", "--format", shape, "--day-format", "", "2021-03-01", "90d"], check=True, **done
    ).stdout
    assert "2021-03-25 16:00 17:00 Talkshow nummer 1" in listed
    assert "2021-04-29 16:00 17:00 Talkshow nummer 2" in listed


# What happens to a seat at four in the afternoon, and what a calendar program then reads: UTC, sequence, status.
LIVES = [
    ("on 25 October, when the clock goes back", (2026, 10, 25, 16), None, datetime(2026, 10, 25, 15, tzinfo=UTC), 0),
    ("the day before that", (2026, 10, 24, 16), None, datetime(2026, 10, 24, 14, tzinfo=UTC), 0),
    ("on 28 March, when the clock goes forward", (2027, 3, 28, 16), None, datetime(2027, 3, 28, 14, tzinfo=UTC), 0),
    ("the day before that", (2027, 3, 27, 16), None, datetime(2027, 3, 27, 15, tzinfo=UTC), 0),
    ("on a leap day", (2028, 2, 29, 16), None, datetime(2028, 2, 29, 15, tzinfo=UTC), 0),
    (
        "moved past the change of the clock",
        (2027, 3, 27, 16),
        (2027, 3, 30, 16),
        datetime(2027, 3, 30, 14, tzinfo=UTC),
        1,
    ),
    ("moved to a leap day", (2028, 2, 28, 16), (2028, 2, 29, 16), datetime(2028, 2, 29, 15, tzinfo=UTC), 1),
    ("cancelled", (2027, 3, 28, 16), "cancelled", datetime(2027, 3, 28, 14, tzinfo=UTC), 1),
]


@pytest.mark.parametrize("life", LIVES, ids=[life[0] for life in LIVES])
def test_a_feed_is_right_on_strange_days_and_follows_what_happens(
    make_date, come, user, visitor, at, time_machine_at, life
):
    _why, starts, then, utc, sequence = life
    time_machine_at(at(2026, 9, 1, 12))
    date = make_date(starts_at=at(*starts), hours=1)
    row = come(date, "lid")
    who = {"visitor": visitor("redactie"), "now": timezone.now()}
    if then == "cancelled":
        cancel_occurrence(occurrence=date, reason="x", **who)
    elif then:
        content = {"starts_at": at(*then), "ends_at": at(*then[:3], then[3] + 1)}
        change_occurrence(occurrence=date, content=content, **who)
    feed = read_feed(token=feed_of(user("lid")), now=timezone.now())
    [event] = [found for found in events(feed) if str(found["UID"]) == f"{row.key}@thuisbasis"]
    start = event.decoded("DTSTART")
    assert (start.astimezone(UTC), start.hour, event["DTSTART"].params["TZID"]) == (utc, 16, "Europe/Amsterdam")
    assert (event.decoded("DTEND") - start).total_seconds() == 3600
    assert int(event["SEQUENCE"]) == sequence
    assert str(event["STATUS"]) == ("CANCELLED" if then == "cancelled" else "CONFIRMED")
