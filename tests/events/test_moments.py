"""Deadlines, reminders and doors, on days when the clock is strange and on days when it is not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from events.models import Registration, Reminder
from events.policies import ReminderKind, days_before, door_is_open, limit_holds, may_remind, offer_until, reminder_at
from events.services import (
    MomentDoesNotExist,
    add_dates,
    cancel_occurrence,
    change_occurrence,
    end_registration,
    send_reminders,
)

WEEK, DAY, HOUR = ReminderKind.WEEK, ReminderKind.DAY, ReminderKind.HOUR
U = UTC

# Begin (on the clock of Amsterdam), kind, and when we remind (UTC).
REMINDERS = [
    ("an ordinary day", (2027, 6, 15, 10), WEEK, datetime(2027, 6, 8, 8, tzinfo=U)),
    ("an ordinary day", (2027, 6, 15, 10), DAY, datetime(2027, 6, 14, 8, tzinfo=U)),
    ("an ordinary day", (2027, 6, 15, 10), HOUR, datetime(2027, 6, 15, 7, tzinfo=U)),
    ("the clock went forward in between", (2027, 3, 29, 10), DAY, datetime(2027, 3, 28, 8, tzinfo=U)),
    ("the clock goes forward that night", (2027, 3, 28, 10), DAY, datetime(2027, 3, 27, 9, tzinfo=U)),
    ("the clock goes forward that night", (2027, 3, 28, 10), WEEK, datetime(2027, 3, 21, 9, tzinfo=U)),
    ("the clock goes forward an hour before", (2027, 3, 28, 3), HOUR, datetime(2027, 3, 28, 0, tzinfo=U)),
    ("the clock goes back that night", (2026, 10, 25, 10), DAY, datetime(2026, 10, 24, 8, tzinfo=U)),
    ("the clock goes back that night", (2026, 10, 25, 10), WEEK, datetime(2026, 10, 18, 8, tzinfo=U)),
    ("the clock went back the day before", (2026, 10, 26, 10), DAY, datetime(2026, 10, 25, 9, tzinfo=U)),
    ("a day after a leap day", (2028, 3, 1, 10), DAY, datetime(2028, 2, 29, 9, tzinfo=U)),
    ("a week after a leap day", (2028, 3, 7, 10), WEEK, datetime(2028, 2, 29, 9, tzinfo=U)),
    ("on a leap day", (2028, 2, 29, 10), DAY, datetime(2028, 2, 28, 9, tzinfo=U)),
    ("early: not before seven", (2027, 6, 15, 6, 30), DAY, datetime(2027, 6, 14, 5, tzinfo=U)),
    ("late: not after nine in the evening", (2027, 6, 15, 21, 30), DAY, datetime(2027, 6, 15, 5, tzinfo=U)),
    ("at nine exactly", (2027, 6, 15, 21), WEEK, datetime(2027, 6, 9, 5, tzinfo=U)),
    ("at seven exactly", (2027, 6, 15, 7), DAY, datetime(2027, 6, 14, 5, tzinfo=U)),
    ("an hour before may be at night", (2027, 6, 15, 6, 30), HOUR, datetime(2027, 6, 15, 3, 30, tzinfo=U)),
    ("the morning before may not exist: half past two", (2027, 3, 29, 2, 30), DAY, datetime(2027, 3, 28, 5, tzinfo=U)),
]


@pytest.mark.parametrize(("why", "starts", "kind", "expected"), REMINDERS, ids=[f"{r[0]} {r[2]}" for r in REMINDERS])
def test_a_reminder_comes_at_the_same_time_on_the_clock(at, why, starts, kind, expected):
    moment = at(*starts)
    assert reminder_at(kind, moment) == expected
    assert reminder_at(kind, moment.astimezone(UTC)) == expected


# Begin (UTC), now before it, and how long the offer is kept.
OFFERS = [
    (timedelta(days=40), timedelta(hours=48)),
    (timedelta(hours=98), timedelta(hours=48)),
    (timedelta(hours=97), timedelta(hours=47, minutes=30)),
    (timedelta(hours=26), timedelta(hours=12)),
    (timedelta(hours=3), timedelta(minutes=30)),
    (timedelta(hours=2, minutes=40), timedelta(minutes=30)),
    (timedelta(hours=2, minutes=10), timedelta(minutes=10)),
    (timedelta(hours=2), None),
    (timedelta(minutes=30), None),
    (timedelta(days=-1), None),
]


@pytest.mark.parametrize(("before", "kept"), OFFERS)
@pytest.mark.parametrize("starts", [(2027, 3, 28, 10), (2026, 10, 25, 10), (2028, 2, 29, 10), (2027, 6, 15, 10)])
def test_an_offer_is_shorter_near_the_start_and_there_is_none_in_the_last_two_hours(at, before, kept, starts):
    begins = at(*starts)
    now = begins.astimezone(UTC) - before
    assert offer_until(now=now, starts_at=begins) == (None if kept is None else now + kept)


def test_the_limit_for_a_practice_is_lifted_a_week_before_on_the_clock(at):
    begins = at(2027, 3, 30, 10)
    released = datetime(2027, 3, 23, 9, tzinfo=UTC)
    assert days_before(begins, 7) == released
    assert limit_holds(now=released - timedelta(seconds=1), starts_at=begins, limit=2)
    assert not limit_holds(now=released, starts_at=begins, limit=2)
    assert not limit_holds(now=released - timedelta(days=30), starts_at=begins, limit=None)


def test_the_door_opens_a_quarter_before_and_closes_half_an_hour_after(at):
    begins, ends = at(2027, 3, 28, 1, 30), at(2027, 3, 28, 3, 30)
    opens, closes = datetime(2027, 3, 28, 0, 15, tzinfo=UTC), datetime(2027, 3, 28, 2, tzinfo=UTC)
    second = timedelta(seconds=1)
    moments = [(opens - second, False), (opens, True), (closes, True), (closes + second, False)]
    assert [door_is_open(now=now, starts_at=begins, ends_at=ends) for now, _open in moments] == [o for _n, o in moments]


def test_nobody_is_reminded_late_or_of_what_was_booked_afterwards(at):
    begins = at(2027, 6, 15, 10)
    due, early = reminder_at(DAY, begins), at(2027, 6, 1, 9)

    def asked(now, confirmed=early):
        return may_remind(DAY, now=now, starts_at=begins, confirmed_at=confirmed)

    assert not asked(due - timedelta(seconds=1))
    assert asked(due)
    assert asked(due + timedelta(hours=9, minutes=59))
    assert not asked(due + timedelta(hours=10))
    assert not asked(due + timedelta(minutes=5), confirmed=due + timedelta(minutes=1))


@pytest.mark.django_db
class TestSending:
    """Reminders as they go out."""

    @pytest.fixture
    def date(self, make_event, make_date, at, time_machine_at, come):
        time_machine_at(at(2027, 3, 1, 12))
        date = make_date(make_event("Herinner mij", remind_hour=True), starts_at=at(2027, 3, 30, 16), place="Utrecht")
        come(date, "lid")
        come(date, "a@example.org")
        return date

    def reminders(self, letters, who):
        subjects = [message["Subject"].strip() for message in letters(who)]
        return [subject for subject in subjects if subject.startswith(("Over een", "Binnenkort"))]

    def test_everybody_is_reminded_of_each_kind_once(self, date, letters, at):
        moments = [at(2027, 3, 23, 16, 1), at(2027, 3, 29, 16, 1), at(2027, 3, 30, 15, 1)]
        sent = [send_reminders(now=moment) for moment in moments for _twice in range(2)]
        assert sent == [2, 0, 2, 0, 2, 0]
        title = date.event.title
        expected = [f"Over een week: “{title}”", f"Binnenkort: “{title}”", f"Over een uur: “{title}”"]
        assert self.reminders(letters, "lid@example.nl") == expected
        assert self.reminders(letters, "a@example.org") == expected

    def test_a_row_that_another_worker_wrote_first_is_respected(self, date, letters, at, monkeypatch):
        now = at(2027, 3, 29, 16, 1)
        for row in date.registrations.all():
            Reminder.objects.create(registration=row, kind=DAY, sent_at=now)
        monkeypatch.setattr(type(Reminder.objects.all()), "kinds_sent", lambda *_a: set())
        assert send_reminders(now=now) == 0
        assert self.reminders(letters, "lid@example.nl") == []

    def test_a_moved_event_reminds_anew_and_a_cancelled_one_never(self, date, letters, at, visitor):
        send_reminders(now=at(2027, 3, 23, 16, 1))
        content = {"starts_at": at(2027, 4, 20, 16), "ends_at": at(2027, 4, 20, 18)}
        change_occurrence(occurrence=date, content=content, visitor=visitor("redactie"), now=at(2027, 3, 24, 9))
        assert send_reminders(now=at(2027, 3, 29, 16, 1)) == 0
        assert send_reminders(now=at(2027, 4, 13, 16, 1)) == 2
        assert len(self.reminders(letters, "lid@example.nl")) == 2
        cancel_occurrence(occurrence=date, reason="x", visitor=visitor("redactie"), now=at(2027, 4, 14, 9))
        assert send_reminders(now=at(2027, 4, 19, 16, 1)) == 0

    def test_whoever_left_is_not_reminded(self, date, at):
        end_registration(registration=Registration.objects.get(email="a@example.org"), now=at(2027, 3, 2, 9))
        assert send_reminders(now=at(2027, 3, 29, 16, 1)) == 1

    def test_an_event_chooses_its_reminders(self, make_event, make_date, come, at, time_machine_at):
        time_machine_at(at(2027, 3, 1, 12))
        event = make_event("Stil", remind_week=False, remind_day=False)
        come(make_date(event, starts_at=at(2027, 3, 30, 16)), "lid")
        assert event.reminder_kinds == []
        assert send_reminders(now=at(2027, 3, 29, 16, 1)) == 0


@pytest.mark.django_db
class TestSeries:
    """Dates at the same time on the clock."""

    def add(self, event, visitor, starts, ends, **series):
        content = {"starts_at": starts, "ends_at": ends, "place": "Online", "closes_at": starts}
        return add_dates(event=event, visitor=visitor("redactie"), content=content, now=timezone.now(), **series)

    def test_six_months_at_four_in_the_afternoon(self, make_event, visitor, at):
        dates = self.add(
            make_event(), visitor, at(2027, 1, 28, 16), at(2027, 1, 28, 17), every="month", times=6
        )  # fmt: skip
        local = [timezone.localtime(date.starts_at) for date in dates]
        assert [(moment.day, moment.month, moment.hour) for moment in local] == [
            (28, month, 16) for month in range(1, 7)
        ]
        assert [moment.astimezone(UTC).hour for moment in local] == [15, 15, 14, 14, 14, 14]
        assert {date.closes_at for date in dates} == {None}
        assert {date.ends_at - date.starts_at for date in dates} == {timedelta(hours=1)}

    def test_the_end_of_a_month_stays_in_the_month(self, make_event, visitor, at):
        dates = self.add(make_event(), visitor, at(2028, 1, 31, 10), at(2028, 1, 31, 11), every="month", times=3)
        assert [timezone.localdate(date.starts_at).day for date in dates] == [31, 29, 31]

    @pytest.mark.parametrize("first", [(2027, 3, 21, 2, 30), (2026, 10, 18, 2, 30)])
    def test_a_moment_that_the_clock_skips_or_doubles_is_refused(self, make_event, visitor, at, first):
        event = make_event()
        with pytest.raises(MomentDoesNotExist):
            self.add(event, visitor, at(*first), at(*first) + timedelta(minutes=15), every="week", times=2)
        assert event.occurrences.count() == 0

    def test_moving_one_date_moves_one_date(self, make_event, visitor, at):
        event = make_event()
        dates = self.add(event, visitor, at(2027, 1, 7, 16), at(2027, 1, 7, 17), every="fortnight", times=3)
        content = {"starts_at": at(2027, 1, 22, 16), "ends_at": at(2027, 1, 22, 17)}
        change_occurrence(occurrence=dates[1], content=content, visitor=visitor("redactie"), now=timezone.now())
        days = [timezone.localdate(date.starts_at).day for date in event.occurrences.order_by("pk")]
        assert days == [7, 22, 4]
        assert [date.sequence for date in event.occurrences.order_by("pk")] == [0, 1, 0]
