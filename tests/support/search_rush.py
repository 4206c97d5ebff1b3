"""Readers who never stop asking and an editor who never stops publishing, while the index is built anew."""

import json
import os
import threading

from django.conf import settings
from django.db import connections

from knowledge.models import PracticeArticlePage
from thuisbasis.network.policies import ANONYMOUS
from thuisbasis.search import engines
from thuisbasis.search.models import SearchEntry
from thuisbasis.search.services import keeping, search

READERS, REBUILDS, PAGES, AT_ONCE = 3, 4, 30, 20
# As many things are about living, whatever is renamed meanwhile.
FEWEST = 5


def read(stop, asked):
    while not stop.is_set():
        asked.append(search(text="wonen", visitor=ANONYMOUS).total)
    connections.close_all()


def publish(pages):
    for page in pages:
        page.title = f"Neushoornvogel {page.pk}"
        page.save_revision().publish()
    connections.close_all()


def drift(engine):
    """Return how many entries are in another version in the engine than in the database."""
    engine.count()  # which shows what was just written
    theirs = {key: version for piece in engine.versions() for key, version in piece.items()}
    return len(set(theirs.items()) ^ set(SearchEntry.objects.values_list("pk", "version")))


def rebuild_while_in_use():
    settings.SEARCH_ENGINE = json.loads(os.environ["SEARCH_RUSH"])
    keeping.AT_ONCE = AT_ONCE
    engine = engines.engine_beside()
    keeping.build(engine=engine)
    pages = list(PracticeArticlePage.objects.live()[:PAGES])
    stop, asked = threading.Event(), []
    readers = [threading.Thread(target=read, args=(stop, asked)) for _number in range(READERS)]
    writer = threading.Thread(target=publish, args=(pages,))
    for thread in [*readers, writer]:
        thread.start()
    for _time in range(REBUILDS):
        keeping.build(engine=engine)
    writer.join()
    stop.set()
    for reader in readers:
        reader.join()
    keeping.tell(engine)
    wrong = drift(engine)
    found = search(text="neushoornvogel", visitor=ANONYMOUS)
    return {
        "failures": [total for total in asked if total < FEWEST],
        "asked": len(asked),
        "published": len(pages),
        "found": found.total,
        "drift": wrong,
    }
