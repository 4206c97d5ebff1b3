"""Reads and writes chapters as podcast apps exchange them (JSON chapters 1.2.0)."""

import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from thuisbasis.files.captions.cues import TimedTextIsWrong

OPENING = re.compile(r'"chapters"\s*:\s*\[')
BETWEEN = re.compile(r"[\s,]*")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """The start of a chapter: seconds from the start, a title, perhaps a link and an image."""

    start: float
    title: str
    url: str = ""
    image_url: str = ""


def read_chapters(text: str) -> list[Mark]:
    """Return the chapters of a JSON text in order of time.

    Raises TimedTextIsWrong with the line of each chapter that has no usable start or title.
    Source: the podcast namespace's JSON chapters, version 1.2.0.
    """
    text = text.lstrip("\ufeff")
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        problem = _("hier is het geen geldige JSON meer. Kijk of er een komma, haakje of aanhalingsteken ontbreekt.")
        raise TimedTextIsWrong([(error.lineno, problem)]) from error
    opening = OPENING.search(text)
    if not isinstance(whole, dict) or not isinstance(whole.get("chapters"), list) or opening is None:
        raise TimedTextIsWrong([(1, _("er staat geen lijst “chapters” in."))])
    marks, problems = [], []
    for line, chapter in _with_lines(text, opening.end()):
        problem = _problem(chapter)
        if problem:
            problems.append((line, problem))
        else:
            marks.append(_mark(chapter))
    if problems:
        raise TimedTextIsWrong(problems)
    return sorted(marks, key=lambda mark: mark.start)


def chapters_json(marks: Iterable[Mark]) -> str:
    """Return the chapters as JSON chapters 1.2.0; whole seconds are written without a fraction."""
    chapters = []
    for mark in marks:
        start = int(mark.start) if mark.start == int(mark.start) else mark.start
        extra = {key: value for key, value in (("url", mark.url), ("img", mark.image_url)) if value}
        chapters.append({"startTime": start, "title": mark.title, **extra})
    return json.dumps({"version": "1.2.0", "chapters": chapters}, ensure_ascii=False)


def _with_lines(text: str, position: int) -> Iterator[tuple[int, Any]]:
    """Yield each element of the array that opens before `position`, with its line."""
    decoder = json.JSONDecoder()
    while True:
        position = BETWEEN.match(text, position).end()  # type: ignore[union-attr] # matches even nothing
        if text[position] == "]":
            return
        chapter, end = decoder.raw_decode(text, position)
        yield text.count("\n", 0, position) + 1, chapter
        position = end


def _problem(chapter: Any) -> str:
    start = chapter.get("startTime") if isinstance(chapter, dict) else None
    if not isinstance(start, int | float) or isinstance(start, bool) or not math.isfinite(start) or start < 0:
        return _("dit hoofdstuk heeft geen begintijd in seconden (startTime).")
    title = chapter.get("title")
    if not isinstance(title, str) or not title.strip():
        return _("dit hoofdstuk heeft geen titel (title).")
    return ""


def _mark(chapter: dict[str, Any]) -> Mark:
    def address(name: str) -> str:
        value = chapter.get(name, "")
        return value if isinstance(value, str) and value.startswith("https://") else ""

    return Mark(
        start=round(float(chapter["startTime"]), 3),
        title=" ".join(chapter["title"].split())[:120],
        url=address("url"),
        image_url=address("img"),
    )
