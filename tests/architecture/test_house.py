"""The house keeps its own rules, and each rule notices a planted violation."""

import os
import re
import subprocess
import sys

import pytest

pytestmark = pytest.mark.once
RULES = ["budget_violations", "text_violations", "vocabulary_violations", "platform_violations", "layer_violations"]
LONG_FUNCTION = '"""Doc."""\n\n\ndef long():\n' + "    x = 1\n" * 45
PLANTED = [
    ("budget_violations", "knowledge/long.py", '"""Doc."""\n' + "X = 1\n" * 301),
    ("budget_violations", "knowledge/long.py", LONG_FUNCTION),
    ("budget_violations", "tests/conftest.py", '"""Doc."""\n' + "X = 1\n" * 301),
    ("budget_violations", "platform/thuisbasis/config/settings/base.py", '"""Doc."""\n' + "X = 1\n" * 251),
    ("text_violations", "knowledge/services.py", "import os  # noqa: F401\n"),
    ("text_violations", "knowledge/services.py", "x = 1  # type: ignore\n"),
    ("text_violations", "knowledge/services.py", "from os import *\n"),
    ("text_violations", "knowledge/services.py", "mark_safe('x')\n"),
    ("text_violations", "knowledge/services.py", "from django.utils.translation import gettext as _now\n"),
    ("vocabulary_violations", "knowledge/utils.py", ""),
    ("vocabulary_violations", "platform/thuisbasis/search/helpers.py", ""),
    ("platform_violations", "platform/__init__.py", ""),
    ("platform_violations", "platform/conftest.py", ""),
    ("platform_violations", "tests/__init__.py", ""),
    ("platform_violations", "tests/platform/test_x.py", ""),
    ("layer_violations", "knowledge/services.py", '"""Doc."""\nfrom django.http import HttpRequest\n'),
    ("layer_violations", "knowledge/views.py", "x = 1\n"),
]


@pytest.mark.parametrize("rule", RULES)
def test_the_house_keeps_the_rule(rules, root, rule):
    assert getattr(rules, rule)(root) == []


@pytest.mark.parametrize(("rule", "file", "text"), PLANTED, ids=[f"{rule}-{file}" for rule, file, _ in PLANTED])
def test_a_planted_violation_is_noticed(rules, tmp_path, rule, file, text):
    target = tmp_path / file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text)
    assert getattr(rules, rule)(tmp_path) != []


def lint_imports(config, cwd, *path):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(str(folder) for folder in path)}
    code = f"from importlinter.cli import lint_imports; raise SystemExit(lint_imports({str(config)!r}, no_cache=True))"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_dependencies_point_downward(root):
    result = lint_imports(root / "pyproject.toml", root, root, root / "platform")
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("platform/thuisbasis/base/blocks/planted.py", "from knowledge import models\n"),
        ("platform/thuisbasis/search/planted.py", ""),
        ("knowledge/querysets_planted.py", "from knowledge import views\n"),
        ("members/planted.py", "import events\n"),
    ],
)
def test_a_planted_import_is_noticed(root, tmp_path, file, text):
    import shutil

    for folder in ("platform/thuisbasis", "knowledge", "members", "events"):
        shutil.copytree(root / folder, tmp_path / folder, ignore=shutil.ignore_patterns("static", "data", "locale"))
    (tmp_path / file).write_text(text)
    config = (root / "pyproject.toml").read_text()
    (tmp_path / "pyproject.toml").write_text(config[config.index("[tool.importlinter]") :])
    result = lint_imports(tmp_path / "pyproject.toml", tmp_path, tmp_path, tmp_path / "platform")
    assert result.returncode == 1, result.stdout


FLOORS = [
    "base", "jobs", "mail", "accounts", "network", "notices", "files", "search", "knowledge", "exchange", "library", "assessments", "portal",
]  # fmt: skip


def relations():
    """Yield each relation of our own models as (app, model.field, app it points to)."""
    from django.apps import apps

    for model in apps.get_models():
        for field in model._meta.get_fields():
            own = field.model._meta.app_label if hasattr(field, "model") else ""
            if own in FLOORS and field.remote_field and not field.auto_created:
                yield own, f"{model.__name__}.{field.name}", field.related_model._meta.app_label


def upward(found):
    """Return the relations to a higher floor; a setting may name the user model anywhere."""
    return [
        name
        for own, name, other in found
        if other in FLOORS and other != "accounts" and FLOORS.index(other) > FLOORS.index(own)
    ]


def test_relations_between_models_point_downward():
    assert upward(relations()) == []


def test_a_planted_relation_upward_is_noticed():
    assert upward([("base", "SiteImage.article", "knowledge")]) == ["SiteImage.article"]


@pytest.mark.django_db
def test_no_migration_is_missing():
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_missing_migration_is_noticed(root):
    code = (
        "import django; django.setup()\n"
        "from django.db import models\n"
        "from thuisbasis.network.models import Theme\n"
        "models.IntegerField(default=0).contribute_to_class(Theme, 'planted')\n"
        "from django.core.management import call_command\n"
        "call_command('makemigrations', check=True, dry_run=True, verbosity=0)\n"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": f"{root}{os.pathsep}{root / 'platform'}",
        "DJANGO_SETTINGS_MODULE": "thuisbasis.config.settings.test",
    }
    assert (
        subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=False).returncode == 1
    )


def differing_variables(example):
    """Return the variables that stand in only one of .env.example and config/env.py."""
    from dataclasses import fields

    from thuisbasis.config.env import Environment

    named = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    return named ^ {field.name.upper() for field in fields(Environment)}


def test_the_example_environment_names_every_variable(root):
    assert differing_variables((root / ".env.example").read_text()) == set()


def test_a_variable_that_is_missing_from_the_example_is_noticed(root):
    example = (root / ".env.example").read_text()
    assert differing_variables(example.replace("SITE_URL=", "SITE_ADDRESS=")) == {"SITE_URL", "SITE_ADDRESS"}


def test_settings_read_the_environment_in_one_place(root, rules):
    readers = [
        file.name for file in rules.sources(root) if re.search(r"os\.environ\[|os\.getenv|Env\(\)", file.read_text())
    ]
    assert set(readers) <= {"env.py", "demo.py"}


def test_locks_hold_hashes_and_no_download_address(root):
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-scan.lock"):
        text = (root / name).read_text()
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://", text)


def test_the_standard_library_keeps_its_platform_module(root):
    for command in (["manage.py", "--version"], ["-m", "pytest", "--version"], ["-m", "uuid"]):
        assert subprocess.run([sys.executable, *command], cwd=root, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_text_of_the_interface_is_translated(root, language):
    import polib

    folder = root / f"platform/thuisbasis/base/locale/{language}/LC_MESSAGES"
    catalogue = polib.pofile(str(folder / "django.po"))
    assert [entry.msgid for entry in catalogue.untranslated_entries() + catalogue.fuzzy_entries()] == []
    compiled = {(entry.msgid, entry.msgstr) for entry in polib.mofile(str(folder / "django.mo"))}
    assert {(entry.msgid, entry.msgstr) for entry in catalogue if not entry.obsolete} == compiled


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_catalogues_hold_every_text_of_the_source(root, language):
    import polib

    catalogue = polib.pofile(str(root / f"platform/thuisbasis/base/locale/{language}/LC_MESSAGES/django.po"))
    known = {entry.msgid for entry in catalogue}
    used = set()
    for template in (root / "templates").rglob("*.html"):
        text = template.read_text()
        used |= set(re.findall(r'{% translate "([^"]+)"', text)) | set(re.findall(r"{% translate '([^']+)'", text))
        used |= set(re.findall(r'=_\("([^"]+)"\)', text))
    assert used - known == set()
