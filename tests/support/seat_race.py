"""Many people who want the same few seats at the same moment, each with a connection of their own."""

import json
import sys
import threading
import time
from contextlib import contextmanager
from datetime import time as clock
from datetime import timedelta
from queue import Empty, Queue
from unittest import mock

from django.db import connection, connections
from django.utils import timezone

from events.models import EventPage, Occurrence, Registration
from events.policies import at_local
from events.services import Registrant, Wish, register, seats
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Membership, Practice
from thuisbasis.network.policies import ANONYMOUS
from thuisbasis.network.services import visitor_for

THINKING = 0.005


def new_date(*, capacity, limit=None):
    event = EventPage.objects.get(slug="netwerkdag-housing-first")
    # At noon, so that reminders fall outside the quiet hours whenever the test runs.
    starts = at_local(timezone.localdate() + timedelta(days=40), clock(12))
    return Occurrence.objects.create(
        event=event, starts_at=starts, ends_at=starts + timedelta(hours=2), capacity=capacity, practice_limit=limit,
        changed_at=timezone.now(),
    )  # fmt: skip


@contextmanager
def lock_off():
    """Read the date without its lock, and think for a moment before writing, as a hand-made check would."""

    def read(pk):
        return Occurrence.objects.get(pk=pk)

    def thoughtful(*args, **kwargs):
        room = seats_room(*args, **kwargs)
        time.sleep(THINKING)
        return room

    seats_room = seats._room
    with mock.patch.object(seats, "lock_occurrence", read), mock.patch.object(seats, "_room", thoughtful):
        yield


def run(registrants, *, date, connections_count):
    """Let everybody register, from this many connections, and return seconds for each request and what went wrong."""
    todo, took, errors = Queue(), [], []
    for one in registrants:
        todo.put(one)
    start = threading.Barrier(connections_count)

    def work():
        connection.ensure_connection()
        start.wait()
        while not todo.empty():
            try:
                one = todo.get_nowait()
            except Empty:  # another connection took the last
                break
            began = time.perf_counter()
            try:
                register(occurrence=date, registrant=one, wish=Wish(), now=timezone.now())
            except Exception as error:  # noqa: BLE001 (every failure counts)
                errors.append(repr(error))
            took.append(time.perf_counter() - began)
        connections.close_all()

    threads = [threading.Thread(target=work) for _number in range(connections_count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took, errors


def result_of(date, took, errors):
    rows = Registration.objects.filter(occurrence=date)
    queue = list(rows.in_queue().values_list("pk", "place"))
    return {
        "confirmed": sum(row.seats for row in rows.confirmed()),
        "waiting": len(queue),
        "reasons": sorted(set(rows.in_queue().values_list("waits_for", flat=True))),
        # Keys are handed out under the lock, so their order is that of arrival.
        "in_order": [pk for pk, _place in queue] == sorted(pk for pk, _place in queue),
        "places": sorted(rows.values_list("place", flat=True)) == list(range(1, rows.count() + 1)),
        "took": took,
        "errors": errors[:3],
    }


def strangers(number):
    return [Registrant(visitor=ANONYMOUS, name=f"N {n}", email=f"n{n}@example.org") for n in range(number)]


def rush(requests, wanted, connections_count, *, is_locked=True):
    date = new_date(capacity=wanted)
    if is_locked:
        took, errors = run(strangers(requests), date=date, connections_count=connections_count)
    else:
        with lock_off():
            took, errors = run(strangers(requests), date=date, connections_count=connections_count)
    return result_of(date, took, errors)


def double_submits(number):
    date = new_date(capacity=number)
    took, errors = run(strangers(1) * number, date=date, connections_count=number)
    return {**result_of(date, took, errors), "rows": Registration.objects.filter(occurrence=date).count()}


def colleagues(number, limit):
    date = new_date(capacity=80, limit=limit)
    practice = Practice.objects.get(slug="thuis-aan-de-ijssel")
    people = [User.objects.create_user(f"collega{n}@example.nl", "x") for n in range(number)]
    for person in people:
        Membership.objects.create(user=person, practice=practice, role="member", start_date="2020-01-01")
    today = timezone.localdate()
    rows = [
        Registrant(visitor=visitor_for(user=person, today=today), user=person, practice_id=practice.pk)
        for person in people
    ]
    took, errors = run(rows, date=date, connections_count=number)
    return result_of(date, took, errors)


def two_workers(number):
    """Let two workers remind everybody of the same date at the same moment, and count the mails."""
    from events.services import send_reminders
    from thuisbasis.mail.models import OutgoingMail

    date = new_date(capacity=None)
    date.event.__class__.objects.filter(pk=date.event_id).update(remind_day=True, remind_week=False)
    for one in strangers(number):
        register(occurrence=date, registrant=one, wish=Wish(), now=date.starts_at - timedelta(days=10))
    moment = date.starts_at - timedelta(hours=20)
    start, sent, errors = threading.Barrier(2), [], []

    def work():
        connection.ensure_connection()
        start.wait()
        try:
            sent.append(send_reminders(now=moment))
        except Exception as error:  # noqa: BLE001 (every failure counts)
            errors.append(repr(error))
        connections.close_all()

    workers = [threading.Thread(target=work) for _number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    mails = OutgoingMail.objects.filter(key__startswith="reminder:", recipients__0__startswith="n").count()
    return {"sent": sum(sent), "mails": mails, "errors": errors}


def say(results):
    json.dump(results, sys.stdout)
