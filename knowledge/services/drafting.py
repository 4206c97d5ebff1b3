"""Makes blocks and a summary out of a document that was read."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from thuisbasis.files.reading import Heading, ListOfItems, Outline, Paragraph, Part, Table

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý‘“\"'(])")
PROPOSED_WORDS = 60


def stream_of(outline: Outline) -> list[tuple[str, Any]]:
    """Return the document as StreamField blocks, in the form that StreamField accepts."""
    return [block for kind, group in groupby(outline.parts, key=_kind) for block in _blocks(kind, list(group))]


def propose_summary(outline: Outline, *, most_words: int) -> str:
    """Return whole sentences from the first paragraphs, some 60 words and never over `most_words`."""
    text = " ".join(strip_tags(part.html) for part in outline.parts if isinstance(part, Paragraph))
    chosen: list[str] = []
    for sentence in SENTENCE_END.split(text):
        words = sum(len(kept.split()) for kept in chosen) + len(sentence.split())
        if chosen and words > PROPOSED_WORDS:
            break
        chosen.append(sentence)
    return " ".join(" ".join(chosen).split()[:most_words])


def _kind(part: Part) -> str:
    return "text" if isinstance(part, Paragraph | ListOfItems) else type(part).__name__


def _blocks(kind: str, parts: list[Any]) -> Iterator[tuple[str, Any]]:
    if kind == "text":
        yield "text", "".join(_rich_text(part) for part in parts)
        return
    for part in parts:
        if isinstance(part, Heading):
            yield "heading", {"text": part.text[:120], "level": str(part.level)}
        else:
            yield "table", _table(part)


def _rich_text(part: Paragraph | ListOfItems) -> str:
    if isinstance(part, Paragraph):
        return f"<p>{part.html}</p>"
    tag = "ol" if part.is_ordered else "ul"
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in part.items)}</{tag}>"


def _table(table: Table) -> dict[str, Any]:
    width = max(len(row) for row in table.rows)
    rows = [[*row, *[""] * (width - len(row))] for row in table.rows]
    return {
        "caption": _("Tabel uit het bestand"),
        "columns": [{"type": "text", "heading": heading} for heading in rows[0]],
        "rows": [{"values": row} for row in rows[1:]],
    }
