"""A worker that is killed in mid-job loses no mail and doubles at most one for each kill."""

import json
import time
from collections import Counter

import pytest

KILLS, MAILS = 20, 120
# Forks a worker, kills it with SIGKILL after a moment, again and again; then lets one work until the end.
DRIVER = """
import json, os, random, signal, sys, time
from datetime import timedelta
from django.core.management import call_command
from django.db import connection
from thuisbasis.mail import services
from thuisbasis.mail.models import OutgoingMail
from thuisbasis.jobs.models import WorkerBeat

services.LEASE = timedelta(seconds=4)
for number in range({mails}):
    letter = services.Letter(subject="Brief", paragraphs=("Dag",))
    services.write_letter(letter=letter, to=f"lezer{{number}}@example.nl", language="nl")
ours = OutgoingMail.objects.filter(subject="Brief")
in_hand = 0

def start():
    connection.close()
    pid = os.fork()
    if pid == 0:
        try:
            call_command("work", interval=0.05, lease=2)
        finally:
            os._exit(0)
    return pid

random.seed(5)
for kill in range({kills}):
    waiting = ours.filter(state="waiting").count()
    pid = start()
    deadline = time.monotonic() + 15
    while ours.filter(state="waiting").count() == waiting and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(random.random() / 10)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    in_hand += ours.filter(state="waiting", leased_until__isnull=False).exists()
begin = time.monotonic()
pid = start()
while ours.filter(state="waiting").exists() and time.monotonic() - begin < 120:
    time.sleep(0.1)
seconds = time.monotonic() - begin
os.kill(pid, signal.SIGTERM)
os.waitpid(pid, 0)
left = ours.exclude(state="sent").count()
print(json.dumps({{"left": left, "in_hand": in_hand, "seconds": seconds}}))
"""


@pytest.mark.on_server
def test_twenty_kills_lose_nothing_and_double_one_each_at_most(own_process, mail_server):
    result = json.loads(own_process(DRIVER.format(kills=KILLS, mails=MAILS), EMAIL_URL=mail_server.url))
    time.sleep(0.2)
    ours = [(to, identity) for to, identity in mail_server.received if to.startswith("lezer")]
    print(result, len(ours))
    assert result["left"] == 0
    assert result["seconds"] < 120
    assert result["in_hand"] >= KILLS / 2, "the kills came between the jobs, not in the middle of them"
    assert {to for to, _identity in ours} == {f"lezer{number}@example.nl" for number in range(MAILS)}
    copies_of = Counter(identity for _to, identity in ours)
    assert len(copies_of) == MAILS
    assert len(ours) - MAILS <= KILLS


def test_a_worker_does_what_waits_and_signs_off(own_process):
    code = """
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from thuisbasis.jobs.models import RecurringJob, WorkerBeat
from thuisbasis.jobs.tasks import tidy_up
key = tidy_up.enqueue().id
call_command("work", once=True)
print(DBTaskResult.objects.get(pk=key).status, WorkerBeat.objects.count(), RecurringJob.objects.count() > 5)
"""
    assert own_process(code).splitlines()[-1].split() == ["SUCCESSFUL", "0", "True"]
