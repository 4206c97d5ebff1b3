"""Starting the demo: clear words when it cannot, and nothing lost when it runs again."""

import os
import shutil
import socket
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest
from django.core.management import call_command

from knowledge.models import KnowledgePage, PracticeArticlePage
from thuisbasis.config import preflight
from thuisbasis.config.demo.text import read_articles

DATA = Path(__file__).resolve().parents[2] / "platform/thuisbasis/config/demo/data"


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(*arguments):
    return subprocess.run([sys.executable, preflight.__file__, *arguments], capture_output=True, text=True, check=False)


def test_all_is_well(free_port, tmp_path):
    assert preflight.problem(free_port, tmp_path) == ""
    assert run("--port", str(free_port)).returncode == 0


def test_an_old_python_is_named(monkeypatch, free_port, tmp_path):
    Version = namedtuple("Version", "major minor micro")
    monkeypatch.setattr(preflight.sys, "version_info", Version(3, 9, 2))
    assert "this is 3.9" in preflight.problem(free_port, tmp_path)


def test_a_taken_port_is_named_with_another_to_try():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("--port", str(port))
    assert result.returncode == 1
    assert result.stderr == f"Port {port} is in use by another program: try `make demo PORT={port + 1}`.\n"


@pytest.mark.parametrize("port", ["80", "99999", "acht"])
def test_an_impossible_port_is_refused_in_one_sentence(port, capsys, monkeypatch):
    monkeypatch.setattr(preflight.sys, "argv", ["preflight", "--port", port])
    assert preflight.main() == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_full_disk_is_named(monkeypatch, free_port, tmp_path):
    Usage = namedtuple("Usage", "total used free")
    monkeypatch.setattr(preflight.shutil, "disk_usage", lambda folder: Usage(10, 10, 0))
    assert "less than 1 GB" in preflight.problem(free_port, tmp_path)


@pytest.mark.django_db
def test_loading_again_changes_nothing(capsys):
    page = PracticeArticlePage.objects.get(slug="de-lange-zondag")
    page.title = "Aangepast door een gebruiker"
    page.save()
    before = KnowledgePage.objects.count()
    call_command("load_demo")
    assert "nothing was changed" in capsys.readouterr().out
    assert KnowledgePage.objects.count() == before
    assert PracticeArticlePage.objects.get(slug="de-lange-zondag").title == "Aangepast door een gebruiker"


@pytest.mark.django_db
def test_an_empty_site_is_filled():
    # The tests' own database was empty before `load_demo` filled it.
    assert PracticeArticlePage.originals().live().count() == 27
    assert PracticeArticlePage.objects.live().count() == 27 + 2 * 5
    drafts = KnowledgePage.objects.filter(live=False).values_list("slug", flat=True)
    assert list(drafts) == ["een-sleutelkluis-bij-de-voordeur"]


@pytest.mark.once
def test_the_demo_prepares_itself_and_does_nothing_twice(tmp_path, copies):
    root = Path(__file__).resolve().parents[2]
    database = tmp_path / "db.sqlite3"
    shutil.copyfile(copies.template, database)
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "thuisbasis.config.settings.dev",
    }
    command = [sys.executable, "manage.py", "demo", "--prepare-only"]
    first = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True)
    stamp = (tmp_path / "static/.collected").stat().st_mtime_ns
    subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True)
    assert "4/5 Styles and scripts" in first.stdout
    assert (tmp_path / "static/.collected").stat().st_mtime_ns == stamp


def test_there_are_at_least_24_articles_of_400_to_900_words():
    articles = list(read_articles(DATA))
    assert len(articles) >= 24
    for article in articles:
        names = ("summary", "aim", "for", "needs", "results", "failed")
        words = len(" ".join([article.text, *(article.fields.get(name, "") for name in names)]).split())
        assert 400 <= words <= 900, article.title


def test_every_article_is_tagged_to_themes_and_to_the_framework():
    for article in read_articles(DATA):
        assert article.fields["themes"], article.title
        assert article.fields["elements"].startswith("VZ"), article.title


def test_what_is_invented_says_so():
    for article in read_articles(DATA):
        invented = article.fields.get("invented") == "yes"
        assert invented or article.title in {
            "Den Haag Actief",
            "Zwolle Actief",
            "Sport en cultuur als hefboom in Brussel",
        }
        assert invented or "> " not in article.text, article.title
