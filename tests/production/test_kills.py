"""Any process may be killed at any moment while people read and register: nothing is lost, nothing sold twice."""

import json
import os
import random
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

from visitors import Crowd

ANSWERS = {"seats": "1", "together": "all", "question_1": "Buren"}
KILLS, DATES, CAPACITY = 20, 60, 8
# Long enough to tell the errors of one kill from those of the next.
BETWEEN = 3.0
PUBLIC = ["/", "/praktijkvoorbeelden/de-lange-zondag/", "/zoeken/?q=wonen", "/agenda/", "/praktijken/?plaats=utrecht"]
PREPARE = (Path(__file__).resolve().parents[1] / "support/registering_drill.py").read_text()
RESULT = """
import json, time
from datetime import timedelta
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from events.models import Registration
from thuisbasis.jobs.services import retry_failed_tasks
from thuisbasis.mail.models import MailState, OutgoingMail

def unfinished():
    # What failed because the database was away comes again after two minutes: to save time, we say that they are over.
    retry_failed_tasks(now=timezone.now() + timedelta(minutes=30))
    return DBTaskResult.objects.exclude(status="SUCCESSFUL").count(), OutgoingMail.objects.exclude(state=MailState.SENT).count()

deadline = time.monotonic() + 150
while time.monotonic() < deadline and unfinished() != (0, 0):
    time.sleep(1)
rows = Registration.objects.filter(occurrence__key__in=KEYS)
mails = OutgoingMail.objects.filter(created_at__gte=SINCE).defer("content")
print(json.dumps({
    "rows": [[str(key), email, status] for key, email, status in rows.values_list("occurrence__key", "user__email", "status")],
    "mails": [[mail.recipients[0], mail.message_id] for mail in mails],
    "unfinished": unfinished(),
}))
"""


def processes(host):
    """Return the number of every process of the set but supervisor itself, with what it is."""
    supervisor = (host.folder / "run/supervisord.pid").read_text().strip()
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,comm="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    ours, found = {supervisor}, {}
    for _generation in range(3):
        for pid, parent, name in rows:
            if parent in ours and pid not in ours:
                ours.add(pid)
                found[int(pid)] = name.strip()
    return found


class Registering:
    """Each member asks for a seat on each date, and asks again when there was no answer, as people do."""

    def __init__(self, crowd, dates, cookies):
        self.crowd, self.told = crowd, {}
        for number, (email, cookie) in enumerate(cookies.items()):
            turn = dates[number:] + dates[:number]
            crowd.keep_doing(self.one_member(email, turn), cookie)

    def one_member(self, email, dates):
        waiting = list(dates)

        def register(visitor):
            if not waiting:
                return False
            path = f"/bijeenkomst/{waiting[0]}/inschrijven/"
            status = visitor.ask(path, ANSWERS)
            self.crowd.note("POST", path, status)
            if status == 302:
                self.told[waiting.pop(0), email] = True
            time.sleep(0.3)
            return True

        return register


def longest_trouble(errors, kills):
    """Return the seconds between the first and last error after each kill, the most first, with what was killed."""
    found = []
    for (moment, name), (until, _next) in zip(kills, [*kills[1:], (float("inf"), "")], strict=True):
        mine = [at for at, _method, _path, _status in errors if moment <= at < until]
        found.append((mine[-1] - mine[0] if mine else 0.0, len(mine), name))
    return sorted(found, reverse=True)


def test_twenty_random_kills_lose_nothing_double_nothing_and_cost_a_second_of_errors_at_most(host):
    prepared = json.loads(host.run(f"CAPACITY, DATES = {CAPACITY}, {DATES}\n{PREPARE}").splitlines()[-1])
    since = time.time()
    crowd = Crowd(host.address, host.trusted)
    for _visitor in range(4):
        crowd.keep_asking(PUBLIC)
    registering = Registering(crowd, prepared["dates"], prepared["cookies"])
    seed = int(os.environ.get("SEED", time.time()))
    chance, kills = random.Random(seed), []
    time.sleep(2)
    for _number in range(KILLS):
        found = processes(host)
        # What it is, and then which one: else nearly all that dies is a connection of the database.
        name = chance.choice(sorted(set(found.values())))
        pid = chance.choice([number for number, what in found.items() if what == name])
        kills.append((time.monotonic(), name))
        os.kill(pid, signal.SIGKILL)
        time.sleep(BETWEEN)
    time.sleep(BETWEEN)
    crowd.end()
    check(host, registering.told, prepared, since)
    troubles = longest_trouble(crowd.errors, kills)
    print(f"\nseed {seed}: {crowd.answers} answers, {len(crowd.errors)} errors, {len(registering.told)} registrations")
    print("\n".join(f"  {seconds:.2f} s, {count} errors after killing {name}" for seconds, count, name in troubles))
    assert troubles[0][0] <= 1.0, (seed, troubles, crowd.errors)


def check(host, told, prepared, since):
    """Everything that somebody was told is there once, nothing is there twice, and everybody has mail about it."""
    variables = (
        f"from datetime import datetime, UTC\nKEYS, SINCE = {prepared['dates']}, datetime.fromtimestamp({since}, UTC)\n"
    )
    found = json.loads(host.run(variables + RESULT).splitlines()[-1])
    rows = Counter((key, email) for key, email, _status in found["rows"])
    assert len(told) > 200, "too few registrations to prove anything"
    assert [pair for pair in told if rows[pair] != 1] == []
    assert [pair for pair, count in rows.items() if count != 1] == []
    seats = Counter(key for key, _email, status in found["rows"] if status == "confirmed")
    assert max(seats.values()) == CAPACITY
    assert found["unfinished"] == [0, 0]
    expected = Counter(email for _key, email in rows)
    assert Counter(email for email, _id in found["mails"] if email in expected) == expected
    assert max(Counter(number for _email, number in found["mails"]).values()) == 1
