"""A machine's clock that jumps an hour, there and back: nothing goes out twice, nothing is lost, no seat is sold twice."""

import email
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from events.policies import ReminderKind, Status, reminder_at
from events.services import OfferIsOver, accept_offer, end_registration, send_reminders, sweep_queues
from thuisbasis.jobs.models import RecurringJob
from thuisbasis.jobs.services import start_recurring_work
from thuisbasis.mail.models import MailState, OutgoingMail
from thuisbasis.mail.services import Letter, deliver_due, write_letter

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
NOBODY_WORKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}
JUMPS = pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["ahead", "back"])


def there_and_back(moment, jump):
    """Return moments as a clock shows them that jumps, goes on for a while, and is put right."""
    return [moment, moment + jump, moment + jump + MINUTE, moment + 2 * MINUTE, moment + 2 * MINUTE + 2 * abs(jump)]


@JUMPS
@pytest.mark.parametrize("early", [timedelta(minutes=30), timedelta(0)], ids=["before it is time", "when it is time"])
def test_everybody_is_reminded_once(make_event, make_date, come, at, time_machine_at, letters, jump, early):
    time_machine_at(at(2027, 3, 1, 12))
    date = make_date(make_event("Herinner mij", remind_week=False), starts_at=at(2027, 3, 30, 16), place="Utrecht")
    come(date, "lid")
    come(date, "a@example.org")
    due = reminder_at(ReminderKind.DAY, date.starts_at)
    sent = [send_reminders(now=now) for now in there_and_back(due - early, jump)]
    assert sum(sent) == 2
    subjects = Counter(message["Subject"].strip() for message in letters("lid@example.nl"))
    assert subjects[f"Binnenkort: “{date.event.title}”"] == 1


@JUMPS
def test_an_offer_is_over_for_good_and_a_seat_is_somebodys_once(make_date, come, jump):
    date, now = make_date(capacity=1), timezone.now()
    first, second, third = (come(date, f"{name}@example.org") for name in "abc")
    end_registration(registration=first, now=now)
    late = now + timedelta(hours=48)
    for moment in there_and_back(late - HOUR / 2, jump):
        sweep_queues(now=moment)
        holders = date.registrations.filter(status__in=(Status.OFFERED, Status.CONFIRMED))
        assert holders.count() == 1, moment
    with pytest.raises(OfferIsOver):
        accept_offer(registration=second, now=late - HOUR)
    assert accept_offer(registration=third, now=late + 2 * HOUR).status == Status.CONFIRMED


@JUMPS
def test_a_mail_goes_out_once(settings, monkeypatch, jump):
    settings.TASKS = NOBODY_WORKS
    sent = []

    class Transport:
        def send_messages(self, messages):
            sent.extend(email.message_from_bytes(one.message().as_bytes())["Message-ID"] for one in messages)

    monkeypatch.setattr("thuisbasis.mail.services.get_connection", lambda backend: Transport())
    letter = Letter(subject="Dag", paragraphs=("Eén regel.",), action_label="", action_url="", closing="")
    for number in range(5):
        write_letter(letter=letter, to=f"lezer{number}@example.nl", language="nl")
    for now in there_and_back(timezone.now() + MINUTE, jump):
        deliver_due(now=now)
    assert (len(sent), len(set(sent))) == (5, 5)
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {MailState.SENT}


@JUMPS
def test_recurring_work_is_not_started_twice_and_goes_on(settings, at, jump):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    RecurringJob.objects.all().delete()
    moments = there_and_back(at(2027, 3, 1, 12), jump)
    started = [start_recurring_work(now=now) for now in moments]
    daily = [names.count("back up") for names in started]
    assert sum(daily) == 1
    assert "deliver waiting mail" in started[0]
    assert "deliver waiting mail" in started[-1], "an hour later at the latest"
    assert start_recurring_work(now=moments[-1]) == []
