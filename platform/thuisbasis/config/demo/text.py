"""Reads the demo's own light notation and turns it into blocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

CALLOUTS = {"! tip": "tip", "! attention": "attention", "! example": "example"}


@dataclass(frozen=True, kw_only=True)
class DemoArticle:
    """One article: its title, its fields by name, and its text in our notation."""

    title: str
    fields: dict[str, str]
    text: str


def read_articles(folder: Path) -> Iterator[DemoArticle]:
    """Yield every article in the folder's files, in order."""
    for file in sorted(folder.glob("articles_*.txt")):
        for part in file.read_text(encoding="utf-8").split("\n=====\n"):
            head, text = part.strip().split("\n--\n")
            title, *lines = head.splitlines()
            fields = dict(line.split(": ", 1) for line in lines)
            yield DemoArticle(title=title.removeprefix("# "), fields=fields, text=text)


def paragraphs(text: str) -> str:
    """Return plain text as rich text."""
    return f"<p>{escape(text)}</p>" if text else ""


def blocks(text: str) -> list[tuple[str, Any]]:
    """Return the text as StreamField blocks, in the form that StreamField accepts."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    found: list[tuple[str, Any]] = []
    for kind, group in groupby(lines, key=_kind):
        found += _BUILDERS[kind](list(group))
    return found


def _kind(line: str) -> str:
    for kind, pattern in _PATTERNS.items():
        if re.match(pattern, line):
            return kind
    return "text"


def _parts(line: str) -> list[str]:
    return [part.strip() for part in line.split("|")]


def _texts(lines: list[str]) -> list[tuple[str, Any]]:
    return [("text", "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines))]


def _list(lines: list[str]) -> list[tuple[str, Any]]:
    items = "".join(f"<li>{escape(line[2:], quote=False)}</li>" for line in lines)
    return [("text", f"<ul>{items}</ul>")]


def _headings(lines: list[str]) -> list[tuple[str, Any]]:
    return [("heading", {"text": line.removeprefix("## "), "level": "2"}) for line in lines]


def _quotes(lines: list[str]) -> list[tuple[str, Any]]:
    pairs = [_parts(line.removeprefix("> ")) for line in lines]
    return [("quote", {"text": text, "speaker": speaker, "role": ""}) for text, speaker in pairs]


def _callouts(lines: list[str]) -> list[tuple[str, Any]]:
    rows = [_parts(line) for line in lines]
    return [
        ("callout", {"tone": CALLOUTS[tone], "title": title, "text": paragraphs(text)}) for tone, title, text in rows
    ]


def _steps(lines: list[str]) -> list[tuple[str, Any]]:
    pairs = [_parts(re.sub(r"^\d\) ", "", line)) for line in lines]
    return [("steps", {"steps": [{"title": title, "text": paragraphs(text)} for title, text in pairs]})]


def _facts(lines: list[str]) -> list[tuple[str, Any]]:
    source = next((line.removeprefix("bron: ") for line in lines if line.startswith("bron: ")), "")
    pairs = [_parts(line[2:]) for line in lines if line.startswith("* ")]
    return [("facts", {"facts": [{"number": number, "label": label} for number, label in pairs], "source": source})]


def _table(lines: list[str]) -> list[tuple[str, Any]]:
    head, *rows = [_parts(line.strip("| ")) for line in lines]
    value = {
        "caption": ", ".join(head),
        "columns": [{"type": "text", "heading": heading} for heading in head],
        "rows": [{"values": row} for row in rows],
    }
    return [("table", value)]


_PATTERNS = {
    "heading": r"## ",
    "list": r"- ",
    "quote": r"> ",
    "callout": r"! ",
    "steps": r"\d\) ",
    "facts": r"(\* |bron: )",
    "table": r"\| ",
}
_BUILDERS = {
    "text": _texts,
    "heading": _headings,
    "list": _list,
    "quote": _quotes,
    "callout": _callouts,
    "steps": _steps,
    "facts": _facts,
    "table": _table,
}
