"""What the site does for whoever runs it: it says when it is ready, outlives its cache, and keeps logs discreet."""

import json
import logging
import threading
import time

import psycopg
import pytest
from django.core.cache import caches
from django.core.cache.backends.base import InvalidCacheBackendError
from django.db import ConnectionHandler, connection
from django.db.backends.postgresql import base as plain
from django.db.migrations.executor import MigrationExecutor
from redis.exceptions import ConnectionError as CacheIsAway
from redis.exceptions import ResponseError

from thuisbasis.base import readiness
from thuisbasis.base.caches import AWAY_FOR, SteadyCache
from thuisbasis.base.logs import DiscreetFormatter
from thuisbasis.base.postgresql.base import is_passing

NOWHERE = {"BACKEND": "thuisbasis.base.caches.SteadyCache", "LOCATION": "redis://127.0.0.1:1/0"}
SPARE = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "spare"}


@pytest.mark.django_db
def test_the_site_is_ready_when_each_part_is(client, monkeypatch, settings, tmp_path):
    assert client.get("/readyz").content == b"ok\n"
    readiness._no_migration_waits.cache_clear()
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_arguments: ["one that waits"])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"migrations\n")
    monkeypatch.undo()
    assert client.get("/readyz").status_code == 200
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert client.get("/readyz").content == b"cache\n"
    assert client.get("/readyz").headers["Cache-Control"].endswith("no-store, must-revalidate, private")


@pytest.mark.django_db
def test_a_process_without_its_database_lives_and_is_not_ready(client, monkeypatch):
    from django.db import OperationalError

    def away(*_arguments):
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", away)
    assert client.get("/healthz").content == b"ok\n"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"database\n")


def test_folders_that_cannot_be_written_are_not_ready(monkeypatch):
    monkeypatch.setattr(readiness.os, "access", lambda *_arguments: False)
    assert not readiness._files_can_be_kept()


@pytest.fixture
def away(settings):
    """Use a cache that nobody answers at, beside a spare one."""
    settings.CACHES = {"default": NOWHERE, "spare": SPARE}
    SteadyCache.away_until = 0.0
    yield caches["default"]
    SteadyCache.away_until = 0.0
    caches["spare"].clear()


def test_while_the_cache_is_away_the_spare_one_counts_on(away, caplog):
    assert away.add("guesses", 1, timeout=60)
    assert not away.add("guesses", 7)
    assert away.incr("guesses") == 2
    away.set_many({"a": 1, "b": 2})
    assert away.get_many(["a", "b", "c"]) == {"a": 1, "b": 2}
    assert "a" in away
    assert away.touch("a", 10)
    away.delete_many(["a"])
    away.delete("b")
    assert (away.get("a"), away.get("b", "none")) == (None, "none")
    assert len([line for line in caplog.records if "The cache is away" in line.message]) == 1


def test_a_cache_that_is_away_is_asked_again_after_some_seconds(away, monkeypatch):
    asked = []

    def answer(self, key, *arguments, **names):
        asked.append(key)
        if len(asked) == 1:
            raise CacheIsAway
        return "from the server"

    monkeypatch.setattr("django.core.cache.backends.redis.RedisCache.get", answer)
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    assert (away.get("a"), away.get("a")) == (None, None)
    monkeypatch.setattr(time, "monotonic", lambda: now + AWAY_FOR)
    assert away.get("a") == "from the server"
    assert len(asked) == 2


def test_whatever_the_server_complains_of_the_spare_cache_answers(away, monkeypatch):
    def refuse(*_arguments, **_names):
        raise ResponseError("OOM command not allowed")

    monkeypatch.setattr("django.core.cache.backends.redis.RedisCache.set", refuse)
    away.set("a", 1)
    assert caches["spare"].get("a") == 1


def test_there_is_no_steady_cache_without_a_spare_one(settings):
    settings.CACHES = {"default": NOWHERE}
    SteadyCache.away_until = 0.0
    with pytest.raises(InvalidCacheBackendError):
        caches["default"].get("a")


@pytest.mark.parametrize(
    ("said", "passes"),
    [
        ("connection to server failed: Connection refused", True),
        ("FATAL:  the database system is starting up", True),
        ("FATAL:  the database system is not yet accepting connections", True),
        ("FATAL:  the database system is in recovery mode", True),
        ("FATAL:  the database system is shutting down", True),
        ("FATAL:  password authentication failed for user", False),
        ('FATAL:  database "x" does not exist', False),
    ],
)
def test_a_server_that_comes_or_goes_is_waited_for_and_a_wrong_password_is_not(said, passes):
    assert is_passing(psycopg.OperationalError(said)) is passes


@pytest.fixture
def recovering(monkeypatch):
    """Stand in for a server that refuses everybody until it has been asked forty times; tell who asked, and how many asked again at once."""
    asked, again, most = [], set(), [0]

    def connect(_self, _parameters):
        who = threading.get_ident()
        if who in asked:
            again.add(who)
            most[0] = max(most[0], len(again))
        asked.append(who)
        time.sleep(0.005)
        again.discard(who)
        if len(asked) < 40:
            raise psycopg.OperationalError("FATAL:  the database system is in recovery mode")
        return "connected"

    monkeypatch.setattr(plain.DatabaseWrapper, "get_new_connection", connect)
    return asked, most


def database():
    return ConnectionHandler({"default": {"ENGINE": "thuisbasis.base.postgresql", "NAME": "nowhere"}})["default"]


def test_a_crowd_waits_for_a_recovering_server_behind_one_that_knocks(recovering):
    asked, most = recovering
    got = []
    crowd = [threading.Thread(target=lambda: got.append(database().get_new_connection({}))) for _visitor in range(12)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert got == ["connected"] * 12
    assert most == [1]
    assert len(asked) >= 40


def test_the_loss_of_a_connection_is_told_at_once_and_not_after_the_server_is_back(recovering):
    lost = database()
    lost.set_autocommit(True)
    assert (lost.connection, recovering[0]) == (None, [])


def line_of(message, *arguments, **extra):
    record = logging.getLogger("x").makeRecord("x", logging.ERROR, "f", 1, message, arguments, None, extra=extra)
    return json.loads(DiscreetFormatter().format(record))


def test_a_line_of_the_log_is_json_with_the_number_of_the_request(rf):
    found = line_of(
        "Internal Server Error: %s", "/zoeken/", request=rf.get("/", HTTP_X_REQUEST_ID="abc"), status_code=500
    )
    assert found["request_id"] == "abc"
    assert (found["level"], found["logger"], found["status_code"]) == ("ERROR", "x", 500)
    assert found["time"].endswith("+00:00")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Login of lid.van+x@example.nl refused", "Login of <mail address> refused"),
        ("Bad answer for 192.168.1.20 and 2001:db8:0:1:1:1:1:1", "Bad answer for <address> and <address>"),
        ("Not Found: /zoeken/?q=mijn+vraag", "Not Found: /zoeken/?…"),
        ("Perhaps out of memory?", "Perhaps out of memory?"),
        ("Gone: /inschrijving/geheim/afmelden/", "Gone: /inschrijving/…"),
        ("Gone: /account/wachtwoord/nieuw/3-abc/", "Gone: /account/wachtwoord/nieuw/…"),
        ("duplicate key\nDETAIL:  Key (naam)=(Piet) already exists.", "duplicate key\nDETAIL:  …"),
        (
            "null value\nDETAIL:  Failing row contains (1, Piet).",
            "null value\nDETAIL:  …",
        ),
        ("at 12:30:45 it was 3:15", "at 12:30:45 it was 3:15"),
    ],
)
def test_what_says_who_somebody_is_stays_out_of_the_log(written, kept):
    assert line_of(written)["message"] == kept


def test_what_only_some_work_needs_is_not_loaded_by_every_process(own_process):
    dear = {"elasticsearch", "mammoth", "openpyxl", "pdfplumber", "weasyprint", "ninja", "wagtail.api.v3.api"}
    code = "import json, sys, thuisbasis.config.urls, thuisbasis.config.wsgi; print(json.dumps(sorted(sys.modules)))"
    assert dear & set(json.loads(own_process(code).splitlines()[-1])) == set()
