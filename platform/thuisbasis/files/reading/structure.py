"""Finds headings, lists and paragraphs in lines of plain text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .furniture import is_furniture
from .inline import linked
from .outline import Heading, ListOfItems, Outline, Paragraph, Part, Table

BULLET = re.compile(r"^\s*(?:[-–•·▪◦*]\s+)(?P<text>.+)$")
NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s+(?P<text>.+)$")
LABEL = re.compile(r"^[A-ZÀ-Ý][^.!?:]{1,48}:(?:\s+\S.{0,80})?$")
LONGEST_HEADING = 100
WRAPPED_LINE = 50
# Headings that say what follows, not what the whole document is about.
GENERAL_HEADINGS = frozenset({"projectomschrijving", "achtergrond", "inleiding", "samenvatting", "doelstelling"})


@dataclass(frozen=True)
class Chunk:
    """Lines that stand together, or a table; `is_heading` is None when the source does not say."""

    lines: tuple[str, ...]
    is_heading: bool | None = None
    table: Table | None = None


def outline_of(chunks: Iterable[Chunk]) -> Outline:
    """Return the outline of a document; its first heading becomes the title unless it is a general one."""
    outline = Outline()
    in_announced_list = False
    for chunk in _without_furniture(chunks, outline.dropped):
        if chunk.table:
            outline.parts.append(chunk.table)
            continue
        parts = _joined_lists(list(_parts(chunk, in_announced_list, outline.dropped)), across_blank_lines=False)
        continues = in_announced_list and isinstance(parts[-1], ListOfItems) and not _is_marked(chunk.lines[0])
        in_announced_list = chunk.lines[-1].endswith(":") or continues
        outline.parts += parts
    outline.parts = _joined_lists(outline.parts, across_blank_lines=True)
    _take_title(outline)
    return outline


def _take_title(outline: Outline) -> None:
    if outline.parts and isinstance(outline.parts[0], Heading):
        first = outline.parts[0]
        outline.title = first.text
        if first.text.lower() not in GENERAL_HEADINGS:
            outline.parts = outline.parts[1:]


def _without_furniture(chunks: Iterable[Chunk], dropped: list[str]) -> Iterator[Chunk]:
    for chunk in chunks:
        if chunk.table:
            yield chunk
            continue
        lines = []
        for line in (" ".join(line.split()) for line in chunk.lines):
            if line and is_furniture(line):
                dropped.append(line)
            elif line:
                lines.append(line)
        if lines:
            yield Chunk(tuple(lines), chunk.is_heading)


def _parts(chunk: Chunk, follows_colon: bool, dropped: list[str]) -> Iterator[Part]:
    lines = chunk.lines
    if chunk.is_heading or (
        chunk.is_heading is None and len(lines) == 1 and _looks_like_heading(lines[0], follows_colon)
    ):
        yield Heading(" ".join(lines))
    elif len(lines) > 1 and sum(bool(LABEL.match(line)) for line in lines) >= len(lines) // 3 + 1:
        yield from _labelled(lines, dropped)
    elif _is_wrapped(lines):
        yield from _line_part(_unwrapped(lines), follows_colon)
    else:
        for line in lines:
            yield from _line_part(line, follows_colon)


def _line_part(line: str, follows_colon: bool) -> Iterator[Part]:
    if match := BULLET.match(line):
        yield ListOfItems((linked(match["text"]),))
    elif match := NUMBER.match(line):
        yield ListOfItems((linked(match["text"]),), is_ordered=True)
    elif follows_colon and _is_short(line):
        yield ListOfItems((linked(line),))
    else:
        yield Paragraph(linked(line))


def _is_marked(line: str) -> bool:
    return bool(BULLET.match(line) or NUMBER.match(line))


def _is_short(line: str) -> bool:
    return len(line) <= LONGEST_HEADING and len(line.split()) <= 12 and line[-1] not in ".!:;,"


def _looks_like_heading(line: str, follows_colon: bool) -> bool:
    if follows_colon or _is_marked(line) or line.startswith("*"):
        return False
    return _is_short(line) and any(letter.isalpha() for letter in line)


def _is_wrapped(lines: tuple[str, ...]) -> bool:
    """Say whether the lines are one paragraph, broken to fit a width."""
    if len(lines) < 2 or any(_is_marked(line) for line in lines[1:]):
        return False
    return all(len(line) >= WRAPPED_LINE for line in lines[:-1])


def _unwrapped(lines: tuple[str, ...]) -> str:
    text = lines[0]
    for line in lines[1:]:
        breaks_word = text.endswith("-") and line[:1].islower() and not text.endswith(" -")
        text = text[:-1] + line if breaks_word else f"{text} {line}"
    return text


def _labelled(lines: tuple[str, ...], dropped: list[str]) -> Iterator[Part]:
    """Join each label with the values under it; a label without a value says nothing and is dropped."""
    entries: dict[str, list[str]] = {}
    label = ""
    for line in lines:
        if LABEL.match(line):
            label, _colon, value = line.partition(":")
            values = entries.setdefault(label, [])
            if value.strip() and value.replace(" ", "") not in [known.replace(" ", "") for known in values]:
                values.append(value.strip())
        elif label:
            entries[label].append(line)
        else:
            yield Paragraph(linked(line))
    for name, values in entries.items():
        if values:
            yield Paragraph(f"<b>{linked(name)}:</b> {linked(', '.join(values))}")
        else:
            dropped.append(f"{name}:")


def _joined_lists(parts: list[Part], *, across_blank_lines: bool) -> list[Part]:
    """Return the parts with neighbouring lists of one kind joined.

    Across blank lines only when one of the two is a single item: a blank line
    between items, and not between lists.
    """
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, ListOfItems) and isinstance(last, ListOfItems) and _join(last, part, across_blank_lines):
            joined[-1] = ListOfItems(last.items + part.items, part.is_ordered)
        else:
            joined.append(part)
    return joined


def _join(above: ListOfItems, below: ListOfItems, across_blank_lines: bool) -> bool:
    if above.is_ordered != below.is_ordered:
        return False
    return not across_blank_lines or min(len(above.items), len(below.items)) == 1
