"""A worker that is killed while it scans, reads or writes digests loses no file, and tells nobody twice."""

import json
import time
from collections import Counter

import pytest

KILLS, FILES = 20, 40
# Shares files and makes digests due, then kills a worker with SIGKILL in mid-job, again and again.
DRIVER = """
import io, json, os, random, signal, time
from datetime import timedelta
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from members.exchange.models import Question
from members.library.models import Document
from members.library.services import add_draft
from thuisbasis.accounts.models import User
from thuisbasis.files.models import StoredFile
from thuisbasis.files.services import examining
from thuisbasis.mail import services as mail
from thuisbasis.mail.models import OutgoingMail
from thuisbasis.network.services import visitor_for
from thuisbasis.notices.models import Subscription
from thuisbasis.notices.services import choose, send_digests
from upload_corpus import EICAR, docx, pdf

examining.LEASE, examining.AGAIN_AFTER = timedelta(seconds=4), timedelta(seconds=1)
mail.LEASE = timedelta(seconds=4)
now = timezone.now()
person = User.objects.get(email="lid@example.nl")
visitor = visitor_for(user=person, today=timezone.localdate())
StoredFile.objects.filter(state="waiting").delete()
ours = []
for number in range({files}):
    data = pdf(f"Gloeilamp nummer{{number}}") if number % 2 else docx(f"Gloeilamp nummer{{number}}")
    data = EICAR if number % 10 == 9 else data
    name = f"{{number}}.txt" if number % 10 == 9 else f"{{number}}.pdf" if number % 2 else f"{{number}}.docx"
    ours.append(add_draft(author=person, visitor=visitor, name=name, file=io.BytesIO(data), now=now).pk)
files = StoredFile.objects.filter(versions__document__in=ours)
members = list(User.objects.filter(is_active=True, memberships__practice__in_network=True).distinct())
Question.objects.filter(audience="network").update(created_at=now - timedelta(hours=1))
for user in members:
    choose(user=user, frequencies={{"questions": "daily"}})
    Subscription.objects.filter(user=user).update(sent_through=now - timedelta(days=1))
send_digests.enqueue()
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

random.seed(7)
for kill in range({kills}):
    waiting = files.filter(state="waiting").count()
    pid = start()
    deadline = time.monotonic() + 10
    while files.filter(state="waiting").count() == waiting and waiting and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(random.random() / 5)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    in_hand += files.filter(state="waiting", leased_until__isnull=False).exists()
begin = time.monotonic()
pid = start()
due = lambda: OutgoingMail.objects.filter(state="waiting").exists() or files.filter(state="waiting").exists()
told = lambda: Subscription.objects.filter(topic="questions", user__in=members, sent_through__gte=now).count()
while (due() or told() < len(members)) and time.monotonic() - begin < 110:
    time.sleep(0.1)
seconds = time.monotonic() - begin
os.kill(pid, signal.SIGTERM)
os.waitpid(pid, 0)
states = list(files.values_list("state", "text_state", "is_scanned"))
words = [row.text.strip() for row in files.filter(state="clean")]
settled = Document.objects.filter(pk__in=ours, current__isnull=False).count()
print(json.dumps({{"states": states, "words": words, "settled": settled, "told": told(), "members": len(members),
    "in_hand": in_hand, "seconds": seconds}}))
"""


@pytest.mark.on_server
def test_twenty_kills_lose_no_file_no_scan_and_no_digest(own_process, mail_server, clamd):
    code = DRIVER.format(kills=KILLS, files=FILES)
    result = json.loads(own_process(code, EMAIL_URL=mail_server.url, CLAMD_URL=clamd.address).splitlines()[-1])
    time.sleep(0.3)
    print({name: value for name, value in result.items() if name not in ("states", "words")}, len(mail_server.received))
    states = Counter(tuple(state) for state in result["states"])
    assert states == {("clean", "read", True): FILES * 9 // 10, ("refused", "unreadable", True): FILES // 10}
    assert result["settled"] == FILES * 9 // 10
    assert len(set(result["words"])) == FILES * 9 // 10
    assert all("Gloeilamp nummer" in words for words in result["words"])
    assert result["told"] == result["members"]
    assert result["seconds"] < 110
    assert result["in_hand"] >= KILLS / 2, "the kills came between the jobs, not in the middle of them"
    sent = Counter(mail_server.received)
    digests = Counter(to for to, identity in sent if mail_server.subjects[identity] == "Nieuw op Thuisbasis")
    assert len(digests) >= result["members"] - 1
    assert set(digests.values()) == {1}, "somebody got a digest twice, under another Message-ID"
    assert sum(sent.values()) - len(sent) <= KILLS


FOUND = """
import io, time
from django.core.management import call_command
from django.utils import timezone
from members.library.models import Document
from members.library.services import add_draft, share_documents
from thuisbasis.accounts.models import User
from thuisbasis.network.policies import ANONYMOUS
from thuisbasis.network.services import visitor_for
from thuisbasis.search.services import search
from upload_corpus import pdf

who = lambda name: visitor_for(user=User.objects.get(email=f"{name}@example.nl"), today=timezone.localdate())
begin = time.monotonic()
person = User.objects.get(email="lid@example.nl")
draft = add_draft(author=person, visitor=who("lid"), name="a.pdf", file=io.BytesIO(pdf("Waterkokertjes")), now=timezone.now())
content = {"audience": "own_practice", "working_group": None, "folder": None, "themes": [], "review_date": None}
share_documents(documents=[draft], titles={}, practice=draft.practice, content=content, actor=person,
    visitor=who("lid"), now=timezone.now())
before = search(text="waterkokertjes", visitor=who("fatima")).total
call_command("work", once=True)
seconds = time.monotonic() - begin
found = [search(text="waterkokertjes", visitor=visitor).total for visitor in (who("fatima"), who("daan"), ANONYMOUS)]
print("FOUND", before, *found, round(seconds, 1))
"""


def test_the_words_of_a_pdf_are_found_within_a_minute_by_those_who_may(own_process, clamd):
    output = own_process(FOUND, CLAMD_URL=clamd.address)
    line = next(line for line in output.splitlines() if line.startswith("FOUND"))
    print(line)
    *counts, seconds = line.split()[1:]
    assert counts == ["0", "1", "0", "0"]
    assert float(seconds) < 60
