"""What searching costs among many documents: `make bench-search` (DOCUMENTS=100000).

On a database of its own, PostgreSQL when POSTGRES_URL is set and SQLite otherwise, with the demo and so many documents
besides, made of the demo's words as often as words occur (Zipf). The search page as a visitor gets it, through the whole
of Django, on the database's engine and on that of SEARCH_URL; and the plain modelsearch query over the same documents on
the same engine, without any page around it, as yardstick. All in one run, so that the ratios mean something.
"""

import os
import random
import re
import statistics
import subprocess
import sys
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform"), str(ROOT / "tests/support")]
SERVER = re.sub(r"/[^/]*$", "", os.environ.get("POSTGRES_URL", ""))
FOLDER = ROOT / "var/bench-search"
os.environ["DATA_DIR"] = str(FOLDER)
os.environ["DJANGO_SETTINGS_MODULE"] = "thuisbasis.config.settings.test"
os.environ["DATABASE_URL"] = f"{SERVER}/bench_search" if SERVER else f"sqlite:///{FOLDER}/db.sqlite3"
DOCUMENTS = int(os.environ.get("DOCUMENTS") or 100_000)
AT_ONCE = 1000
WORDS_IN_TEXT = (40, 160)
ROUNDS = 2
# Everywhere, here and there, rare, several words, a synonym, a slip, and one that narrows.
QUERIES = (
    "huis", "wonen", "bewoner", "buren", "eenzaamheid", "huurcontract", "huisarts hond", "opvang", "burenoverlast",
    "hf zwolle", "schulden gemeente", "eerste dag in een eigen huis", "werk dat past", "zorg buurt corporatie",
    "eenzamheid", "xyzzy", "wonen&thema=wonen", "bewoner&soort=page&jaar=2020",
)  # fmt: skip


def prepare() -> None:
    """Make the database anew, with the demo in it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if SERVER:
        import psycopg

        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS bench_search WITH (FORCE)")
            connection.execute("CREATE DATABASE bench_search")
    else:
        for rest in FOLDER.glob("db.sqlite3*"):
            rest.unlink()
    for command in ("migrate", "load_demo"):
        subprocess.run([sys.executable, str(ROOT / "manage.py"), command], check=True, capture_output=True)


def vocabulary() -> list[str]:
    """Return the demo's words, the most frequent first."""
    from thuisbasis.search.models import KnownWord

    return list(KnownWord.objects.filter(language="nl").order_by("-uses", "word").values_list("word", flat=True))


def documents(chance: random.Random, words: list[str]):
    """Yield pieces of documents and their facets, whose words follow Zipf's law."""
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone

    from thuisbasis.search.models import SearchEntry

    content_type = ContentType.objects.get_for_model(SearchEntry)
    odds = [1 / rank for rank in range(1, len(words) + 1)]
    now = timezone.now()

    def text(length: int) -> str:
        return " ".join(chance.choices(words, weights=odds, k=length))

    for start in range(0, DOCUMENTS, AT_ONCE):
        yield [
            SearchEntry(
                content_type=content_type,
                source_pk=10_000_000 + number,
                kind=chance.choice(["page", "article", "document"]),
                language="nl",
                name=text(5),
                summary=text(15),
                text=text(chance.randint(*WORDS_IN_TEXT)),
                url="/",
                published_at=now.replace(year=chance.randint(2015, 2025), day=1),
                audience="public" if chance.random() < 0.7 else "network",
            ).with_tokens()
            for number in range(start, min(start + AT_ONCE, DOCUMENTS))
        ]


def fill() -> None:
    """Write the documents, saying how far it is."""
    from django.db import connection

    from thuisbasis.search.models import EntryFacet, SearchEntry

    chance, begun = random.Random(2026), time.perf_counter()
    themes = ["wonen", "buren", "eenzaamheid", "geld", "gezondheid"]
    done = 0
    for piece in documents(chance, vocabulary()):
        SearchEntry.objects.bulk_create(piece)
        EntryFacet.objects.bulk_create(
            EntryFacet(entry=entry, facet=facet, value=value)
            for entry in piece
            for facet, value in (
                ("kind", entry.kind),
                ("language", "nl"),
                ("year", str(entry.published_at.year)),
                ("theme", chance.choice(themes)),
            )
        )
        done += len(piece)
        print(f"\r  {done:,} of {DOCUMENTS:,} documents", end="", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"\r  {done:,} documents written in {time.perf_counter() - begun:.0f} s")


def timed(ask) -> list[float]:
    """Return the milliseconds that each query takes, warm, in rounds."""
    for query in QUERIES:
        ask(query)
    took = []
    for _round in range(ROUNDS * 5):
        for query in QUERIES:
            begun = time.perf_counter()
            ask(query)
            took.append((time.perf_counter() - begun) * 1000)
    return took


def p95(took: list[float]) -> float:
    return statistics.quantiles(took, n=20)[-1]


def report(name: str, ours: list[float], plain: list[float]) -> None:
    print(
        f"| {name} | {statistics.median(ours):.0f} | {p95(ours):.0f} | {statistics.median(plain):.0f} "
        f"| {p95(plain):.0f} | {p95(ours) / p95(plain):.2f} |"
    )


def page(query: str) -> None:
    from django.test import Client

    answer = Client().get(f"/zoeken/?q={query.replace(' ', '+')}")
    assert answer.status_code == 200


def suggest(query: str) -> None:
    from django.test import Client

    assert Client().get(f"/zoeken/suggesties/?q={query.split('&', maxsplit=1)[0][:6]}").status_code == 200


def plain_query(backend):
    """Return the yardstick: the first ten of everything public that the plain query finds, and how many there are."""
    import plain_search

    def ask(query: str) -> None:
        found = backend.search(
            query.split("&", maxsplit=1)[0], plain_search.PlainEntry.objects.filter(audience="public")
        )
        list(found[:10])
        found.count()

    return ask


def main() -> None:
    print(f"The demo, and {DOCUMENTS:,} documents")
    prepare()
    import django

    django.setup()
    import plain_search
    from django.conf import settings
    from django.db import connection

    from thuisbasis.search import engines
    from thuisbasis.search.services import keeping, read_words

    fill()
    read_words.func()
    rows = []
    database_plain = plain_search.plain_database()
    rows.append((connection.vendor, timed(page), timed(plain_query(database_plain))))
    if settings.SEARCH_ENGINE_OF_THE_TESTS:
        settings.SEARCH_ENGINE = {**settings.SEARCH_ENGINE_OF_THE_TESTS, "alias": f"bench-{uuid.uuid4().hex[:8]}"}
        engine, begun = engines.engine_beside(), time.perf_counter()
        keeping.build(
            engine=engine,
            progress=lambda done, total: print(f"\r  {done:,} of {total:,} indexed", end="", flush=True),
        )
        print(f" in {time.perf_counter() - begun:.0f} s")
        plain = plain_search.plain_elastic(f"{engine.alias}-plain_")
        rows.append((engine.name, timed(page), timed(plain_query(plain))))
        for index in engine.indexes():
            engine.drop(index)
        settings.SEARCH_ENGINE = {}
    proposed = timed(suggest)
    print(
        f"suggestions on {connection.vendor}: median {statistics.median(proposed):.0f} ms, p95 {p95(proposed):.0f} ms"
    )
    print("| engine | page, median ms | page, p95 ms | plain query, median ms | plain query, p95 ms | ratio of p95 |")
    print("|---|---|---|---|---|---|")
    for row in rows:
        report(*row)


if __name__ == "__main__":
    main()
