"""How many people a second can register for one event, from the press of the button to the answer, by 32 at once."""

import http.client
import json
import subprocess
import sys
import threading
import time
from itertools import product
from queue import Empty, SimpleQueue
from urllib.parse import urlencode

from places import ROOT, environment

CLIENTS, CAPACITY, TRIES = 32, 100, 10_000
TOKEN = "x" * 32
ANSWERS = {"seats": "1", "together": "all", "question_1": "Buren", "csrfmiddlewaretoken": TOKEN}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PREPARE = (ROOT / "tests/support/registering_drill.py").read_text()
COUNT = """
import json
from django.conf import settings
from django.db.models import Count, Q
from events.models import Occurrence
rows = Occurrence.objects.filter(key__in=KEYS).annotate(
    sold=Count("registrations", filter=Q(registrations__status="confirmed")), all=Count("registrations"))
print(json.dumps({"sold": [row.sold for row in rows], "all": sum(row.all for row in rows)}))
"""


def shell(name: str, text: str) -> dict:
    """Run a text in the site's shell, and return what its last line says."""
    command = [sys.executable, str(ROOT / "manage.py"), "shell"]
    done = subprocess.run(
        command, input=text, env=environment(name), capture_output=True, text=True, check=True, cwd=ROOT
    )
    return json.loads(done.stdout.splitlines()[-1])


class Crowd:
    """Clients that take the next wish from a line until it is empty; `answers` counts what they were told."""

    def __init__(self, port: int, csrf: str, wishes) -> None:
        self.port, self.csrf = port, csrf
        self.line: SimpleQueue = SimpleQueue()
        for wish in wishes:
            self.line.put(wish)
        self.took, self.answers = [], {}

    def work(self) -> None:
        """Register one wish after the other."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        while True:
            try:
                key, cookie = self.line.get_nowait()
            except Empty:
                return connection.close()
            begun = time.perf_counter()
            headers = {**FORM, "Cookie": f"{cookie}; {self.csrf}={TOKEN}"}
            connection.request("POST", f"/bijeenkomst/{key}/inschrijven/", urlencode(ANSWERS), headers)
            answer = connection.getresponse()
            answer.read()
            self.took.append(time.perf_counter() - begun)
            self.answers[answer.status] = self.answers.get(answer.status, 0) + 1

    def run(self) -> float:
        """Let all of them work, and return how long that took in seconds."""
        threads = [threading.Thread(target=self.work) for _client in range(CLIENTS)]
        begun = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - begun


def registrations(name: str, port: int, csrf: str) -> dict:
    """Return tries, registrations a second, the p95 in ms, answers by status, and how many seats were sold too many."""
    people = shell(name, f"CAPACITY, DATES = {CAPACITY}, 0\n{PREPARE}")["cookies"]
    prepared = shell(name, f"CAPACITY, DATES = {CAPACITY}, {-(-TRIES // len(people))}\n{PREPARE}")
    crowd = Crowd(port, csrf, product(prepared["dates"], prepared["cookies"].values()))
    tries = crowd.line.qsize()
    seconds = crowd.run()
    found = shell(name, f"KEYS = {prepared['dates']}\n{COUNT}")
    return {
        "tries": tries,
        "rate": tries / seconds,
        "p95": sorted(crowd.took)[int(tries * 0.95)] * 1000,
        "answers": crowd.answers,
        "kept": found["all"],
        "oversold": sum(max(0, sold - CAPACITY) for sold in found["sold"]),
    }
