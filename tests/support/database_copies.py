"""Databases for the tests: one with the demo in it is made once, and everybody gets a copy."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = settings.TEST_DATA_DIR
COPIED_FROM = (
    "platform/thuisbasis/**/*.py",
    "knowledge/**/*.py",
    "members/**/*.py",
    "events/**/*.py",
    "platform/thuisbasis/config/demo/data/**/*",
    "*.lock",
)


def fingerprint() -> str:
    """Return a digest of everything that the template database is made from."""
    digest = hashlib.sha256()
    for pattern in COPIED_FROM:
        for file in sorted(ROOT.glob(pattern)):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.read_bytes())
    return digest.hexdigest()[:10]


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let one worker make the template while the others wait."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    # A lock for each kind of database: both templates may be made at the same time.
    engine = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
    with (TEMPLATES / f"lock-{engine}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class SqliteCopies:
    """Copies of a template database file."""

    def __init__(self) -> None:
        self.template = TEMPLATES / f"template-{fingerprint()}.sqlite3"

    def url(self, name: str) -> str:
        return f"sqlite:///{TEMPLATES / name}.sqlite3"

    def make_template(self) -> None:
        if not self.template.exists():
            for old in TEMPLATES.glob("template-*"):
                old.unlink()
            fill(f"sqlite:///{self.template}.new")
            Path(f"{self.template}.new").rename(self.template)

    def copy(self, name: str) -> str:
        target = TEMPLATES / f"{name}.sqlite3"
        for rest in TEMPLATES.glob(f"{name}.sqlite3*"):
            rest.unlink()
        shutil.copyfile(self.template, target)
        return str(target)


class PostgresCopies:
    """Copies of a template database on the server of DATABASE_URL."""

    def __init__(self) -> None:
        self.server = re.sub(r"/[^/]*$", "", os.environ["DATABASE_URL"])
        self.template = f"thuisbasis_template_{fingerprint()}"

    def url(self, name: str) -> str:
        return f"{self.server}/thuisbasis_{name}"

    def run(self, *statements: str) -> list[Any]:
        import psycopg

        with psycopg.connect(f"{self.server}/postgres", autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def make_template(self) -> None:
        if not self.run(f"SELECT 1 FROM pg_database WHERE datname = '{self.template}'"):
            self.run(f"DROP DATABASE IF EXISTS {self.template}_new", f"CREATE DATABASE {self.template}_new")
            fill(f"{self.server}/{self.template}_new")
            self.run(f"ALTER DATABASE {self.template}_new RENAME TO {self.template}")

    def copy(self, name: str) -> str:
        self.run(
            f"DROP DATABASE IF EXISTS thuisbasis_{name} WITH (FORCE)",
            f"CREATE DATABASE thuisbasis_{name} TEMPLATE {self.template}",
        )
        return f"thuisbasis_{name}"


def fill(url: str) -> None:
    """Migrate and load the demo into an empty database, as a newcomer's `make demo` does."""
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "thuisbasis.config.settings.test"}
    for command in ("migrate", "load_demo"):
        subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), command], env=environment, check=True, capture_output=True
        )


def database_copies() -> SqliteCopies | PostgresCopies:
    """Return the copies for the database that the tests run on."""
    engine = settings.DATABASES["default"]["ENGINE"]
    return SqliteCopies() if engine.endswith("sqlite3") else PostgresCopies()
