"""What helps comes first: judged queries, on each engine, with the plain way of searching as yardstick."""

from collections import Counter

import plain_search as plain
import pytest
from django.db import connection
from django.utils import translation
from relevance import JUDGEMENTS, MEASURED, MOST_LOSS, gain, mean_ndcg, ndcg

from thuisbasis.network.policies import ANONYMOUS
from thuisbasis.search.engines import DatabaseEngine
from thuisbasis.search.models import SearchEntry
from thuisbasis.search.services import search

pytestmark = pytest.mark.django_db
LEAST = {"database": 0.75, "opensearch": 0.85, "elasticsearch": 0.85}
BETTER_BY = 0.10


def ours(language, text):
    with translation.override(language):
        return [hit.entry.name for hit in search(text=text, visitor=ANONYMOUS).hits]


def test_the_measure_itself():
    assert ndcg(["a", "b"], {"a": 3, "b": 1}) == 1
    assert ndcg(["b", "a"], {"a": 3, "b": 1}) == pytest.approx(gain([1, 3]) / gain([3, 1]))
    assert ndcg(["x", "y"], {"a": 3}) == 0
    assert ndcg(["a", "a", "a"], {"a": 3, "b": 1}) < 1


def test_every_judged_page_is_there():
    names = set(SearchEntry.objects.values_list("name", flat=True))
    assert {name for row in JUDGEMENTS for name in row["helps"]} <= names
    assert len({(row["language"], row["text"]) for row in JUDGEMENTS}) == len(JUDGEMENTS)
    languages = Counter(row["language"] for row in JUDGEMENTS)
    assert languages["nl"] >= 40
    assert languages["en"] >= 10
    assert languages["fr"] >= 10


def test_what_helps_comes_first_and_far_better_than_in_the_plain_way(engine):
    if isinstance(engine, DatabaseEngine):
        backend = plain.plain_database()
    else:
        backend = plain.plain_elastic(f"{engine.alias}-plain_")
    stock = mean_ndcg(lambda _language, text: plain.names(backend, text))
    score = mean_ndcg(ours)
    print(f"nDCG@10 over {len(JUDGEMENTS)} queries on {engine.name}: {score:.3f}, the plain way {stock:.3f}")
    assert score >= LEAST[engine.name]
    assert score >= stock + BETTER_BY
    kind = connection.vendor if isinstance(engine, DatabaseEngine) else "engine"
    assert score >= MEASURED[kind] - MOST_LOSS
