"""The rules of the house, as functions that look at a folder of source and return what breaks them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

APPS = ("platform/thuisbasis", "knowledge", "members", "events")
MOST_LINES = 300
MOST_FUNCTION_LINES = 40
P95_FUNCTION_LINES = 25
MOST_SETTINGS_LINES = 250
SUPPRESSION = re.compile(
    r"#\s*(?:noqa(?::\s*[A-Z0-9, ]+)?|type:\s*ignore(?:\[[\w, -]+\])?|pragma: no cover)(?P<reason>.*)$"
)
VOCABULARY = {
    "__init__", "adapters", "analysis", "apps", "asgi", "backends", "blocks", "buckets", "caches", "calendars", "checks", "components", "context_processors", "devices", "durations",
    "encryption", "env", "feeds", "facets", "finding", "forms", "guide", "highlighting", "logs", "memory", "middleware", "models", "panels", "paper", "passwords", "personal_data", "places", "policies",
    "preflight", "privacy", "probing", "querysets", "ranges", "readiness", "receivers", "refusals", "registry", "services", "signals", "sitemaps",
    "scanning", "sheets", "slugs", "status", "storages", "tasks", "texts", "traces", "urls", "views", "wagtail_hooks", "wsgi",
    # What the self-assessment calculates with, pure values all of it.
    "agreement", "comparing", "questionnaires", "reading", "scoring", "trends", "versions",
}  # fmt: skip
PACKAGES = {
    "admin",
    "analysis",
    "assessments",
    "backups",
    "captions",
    "commands",
    "data",
    "demo",
    "engines",
    "exchange",
    "extraction",
    "inspection",
    "library",
    "locale",
    "management",
    "migrations",
    "portal",
    "postgresql",
    "reading",
    "settings",
    "static",
    "templatetags",
    "wording",
}


def sources(root: Path) -> Iterator[Path]:
    """Yield our own modules, without migrations."""
    for app in APPS:
        for file in sorted((root / app).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file


def functions(file: Path) -> Iterator[tuple[str, int]]:
    """Yield each function's name and number of lines."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def budget_violations(root: Path) -> list[str]:
    """Return files and functions that are too long."""
    found, lengths = [], []
    for file in [*sources(root), *sorted((root / "tests").rglob("*.py"))]:
        lines = len(file.read_text(encoding="utf-8").splitlines())
        most = MOST_SETTINGS_LINES if "settings" in file.parts else MOST_LINES
        if lines > most:
            found.append(f"{file.relative_to(root)} has {lines} lines")
    for file in sources(root):
        for name, length in functions(file):
            lengths.append(length)
            if length > MOST_FUNCTION_LINES:
                found.append(f"{file.relative_to(root)}: {name} has {length} lines")
    if lengths and sorted(lengths)[int(len(lengths) * 0.95)] > P95_FUNCTION_LINES:
        found.append("more than one in twenty functions is over 25 lines")
    return found


def text_violations(root: Path) -> list[str]:
    """Return suppressions without a reason, stray stars, texts nobody translates, mark_safe outside the base."""
    found = []
    for file in sources(root):
        name = str(file.relative_to(root))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            match = SUPPRESSION.search(line)
            if match and len(match["reason"].strip(" #()")) < 8:
                found.append(f"{name}:{number} suppresses without a reason")
            if re.match(r"\s*from .+ import \*", line) and "settings" not in file.parts:
                found.append(f"{name}:{number} imports a star")
            if re.search(r"translation import n?gettext(?:_lazy)? as (?!_$)", line):
                found.append(f"{name}:{number} hides texts from the translators under another name")
            if "mark_safe(" in line and "thuisbasis/base/" not in name:
                found.append(f"{name}:{number} marks text as safe")
    return found


def vocabulary_violations(root: Path) -> list[str]:
    """Return modules directly in an app whose name is not one that every app uses."""
    found = []
    homes = [root / app for app in APPS[1:]] + [
        room for room in (root / "members").glob("*") if room.is_dir() and room.name != "__pycache__"
    ]
    homes += [folder for folder in (root / APPS[0]).glob("*") if folder.is_dir()]
    for home in homes:
        for entry in sorted(home.glob("*")):
            if entry.name == "__pycache__" or (entry.is_file() and entry.suffix != ".py"):
                continue
            known = VOCABULARY | PACKAGES if entry.is_dir() else VOCABULARY
            if entry.stem not in known:
                found.append(str(entry.relative_to(root)))
    return found


def platform_violations(root: Path) -> list[str]:
    """Return files that would replace the standard library's `platform` module."""
    found = [str(file.relative_to(root)) for file in (root / "platform").glob("*.py")]
    found += [str(file.relative_to(root)) for file in (root / "tests").rglob("__init__.py")]
    return found + (["tests/platform"] if (root / "tests/platform").exists() else [])


def layer_violations(root: Path) -> list[str]:
    """Return modules in services and querysets that know about HTTP, and modules that open with no sentence."""
    found = []
    for file in sources(root):
        text = file.read_text(encoding="utf-8")
        if re.search(r"services|querysets|policies", str(file.relative_to(root))) and "django.http" in text:
            found.append(f"{file.relative_to(root)} imports django.http")
        if not ast.get_docstring(ast.parse(text)):
            found.append(f"{file.relative_to(root)} does not say why it exists")
    return found
