"""Test set-up: a migrated database with the demo in it, made once and copied for every worker."""

import gc
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from asking import free_port
from database_copies import PostgresCopies, SqliteCopies, database_copies, one_at_a_time
from django.conf import settings
from django.db import connections
from editing_a_page import let_in
from missing_parts import leave_out

from thuisbasis.config.env import bucket_at

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def copies() -> SqliteCopies | PostgresCopies:
    with one_at_a_time():
        found = database_copies()
        found.make_template()
    return found


@pytest.fixture(scope="session")
def django_db_setup(copies: Any, worker_id: str, django_db_blocker: Any) -> Iterator[None]:
    """Give this worker a database of its own with the demo in it."""
    connection = connections["default"]
    with one_at_a_time():
        connection.settings_dict["NAME"] = copies.copy(f"worker_{worker_id}")
    # A quarter of a million objects stay to the end: looking through them for rubbish over and over takes minutes.
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    yield
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(scope="session")
def program() -> Callable[..., str]:
    """Find a program that a newcomer's machine may lack."""

    def find(package: str, *names: str) -> str:
        paths = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
        found = next((path for name in names or [package] if (path := shutil.which(name, path=paths))), None)
        if found is None:
            leave_out(f"{package}: apt-get install {package}")
        return found

    return find


@pytest.fixture
def own_process(copies: Any, worker_id: str) -> Callable[..., str]:
    """Run a piece of Python in a process of its own, on a copy of the demo, with settings as a worker has them."""
    name = f"process_{worker_id}"
    copies.copy(name)
    environment = {
        **os.environ,
        "DATABASE_URL": copies.url(name),
        "DJANGO_SETTINGS_MODULE": "worker_settings",
        "PYTHONPATH": os.pathsep.join(str(ROOT / part) for part in ("tests/support", "platform", ".")),
    }

    def run(code: str, **variables: str) -> str:
        command = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
        result = subprocess.run(
            command, env={**environment, **variables}, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    return run


@pytest.fixture(scope="module")
def page_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture
def remembering(settings: Any, page_folder: Path) -> Callable[[], None]:
    """Let all visitors of one module's tests share a memory, as they do in production.

    Call it after a test made what it needs: what is changed and not committed yet is never remembered.
    """
    from thuisbasis.page_store.services import begin_anew, current_generation

    settings.PAGE_STORE = str(page_folder)

    def begin() -> None:
        connections["default"].run_on_commit.clear()
        if current_generation() is None:
            begin_anew()

    return begin


@pytest.fixture
def come_in() -> Callable[..., Any]:
    """Log somebody in as people do: with a password, and the code that is mailed or that the app shows."""
    import time

    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
    from allauth.mfa.utils import decrypt
    from django.core import mail

    def log_in(client: Any, email: str) -> Any:
        answer = client.post("/account/inloggen/", {"login": email, "password": "eerst-een-thuis"})
        if answer.status_code == 302 and answer.url.endswith("/code/invullen/"):
            code = re.findall(r"\b\d{6}\b", mail.outbox[-1].body)[0]
            answer = client.post(answer.url, {"code": code})
        elif answer.status_code == 302 and answer.url.endswith("/tweede-stap/"):
            secret = decrypt(Authenticator.objects.get(user__email=email, type="totp").data["secret"])
            code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
            answer = client.post(answer.url, {"code": code})
        if answer.status_code == 302 and answer.url.endswith("/vertrouwen/"):
            answer = client.post(answer.url, {"action": "trust"})
        return answer

    return log_in


@pytest.fixture
def logged_in(client: Any) -> Callable[[Any], Any]:
    """Log in somebody who confirmed just now who he or she is."""
    return lambda person: let_in(client, person)


@pytest.fixture(autouse=True)
def fresh_start(settings: Any) -> None:
    """Start each test in Dutch, without cached rate limits or site roots, and with mail through our outbox."""
    from django.core.cache import cache
    from django.utils import translation

    settings.EMAIL_BACKEND = "thuisbasis.mail.backends.OutboxBackend"
    cache.clear()
    translation.activate("nl")


@pytest.fixture
def audit_log() -> Callable[[Any], list[tuple]]:
    """Return the lines of the audit log about one action: when, who, about whom, which practice, and the rest."""

    def lines(action: Any) -> list[tuple]:
        from thuisbasis.accounts.models import AuditEntry

        rows = AuditEntry.objects.filter(action=action).order_by("pk")
        return list(rows.values_list("at", "actor_key", "subject_key", "practice_key", "detail"))

    return lines


@pytest.fixture
def plain_404(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of answers say "nothing here": their status counts, so they need not be drawn in our look."""
    from django.http import HttpResponseNotFound

    from thuisbasis.config import urls

    monkeypatch.setattr(urls, "handler404", lambda request, exception: HttpResponseNotFound(), raising=False)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out on PostgreSQL what no database can change, and on SQLite what PostgreSQL is asked at the same time."""
    nowhere = [
        item.nodeid for item in items if item.get_closest_marker("once") and item.get_closest_marker("on_server")
    ]
    if nowhere:
        raise pytest.UsageError(f"once and on_server together leave a test out everywhere: {nowhere}")
    is_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    mark = "once" if not is_sqlite else "on_server" if os.environ.get("POSTGRES_URL") else ""
    left_out = [item for item in items if mark and item.get_closest_marker(mark)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI nothing may be skipped: what a test needs is installed there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("CI"):
        session.exitstatus = 1


@pytest.fixture
def unused_ports():
    return free_port(), free_port()


@pytest.fixture
def bucket_options():
    """Return where the bucket of the tests is; nothing else in the tests uses it."""
    options = bucket_at(os.environ.get("TEST_STORAGE_URL", ""))
    if not options:
        leave_out("a bucket: set TEST_STORAGE_URL, or run `make test`, which starts one")
    return options
