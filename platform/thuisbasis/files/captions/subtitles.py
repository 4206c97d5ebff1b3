"""Reads WebVTT and SRT strictly, and says on which line something is wrong."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import webvtt
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from thuisbasis.files.captions.cues import Cue, TimedTextIsWrong, clock

TIMES = re.compile(r"\s*((?:\d{2,}:)?[0-5]\d:[0-5]\d[.,]\d{3})\s+-->\s+((?:\d{2,}:)?[0-5]\d:[0-5]\d[.,]\d{3})(?:\s|$)")
VOICE = re.compile(r"<v(?:\.[^\s>]+)*\s+([^>]+)>")
BLOCK_WITHOUT_TIMES = re.compile(r"(WEBVTT|NOTE|STYLE|REGION)\b")
MOST_PROBLEMS = 10


@dataclass(frozen=True, kw_only=True)
class Block:
    """Lines without an empty line between them; `first` is the number of the first."""

    first: int
    lines: list[str]


def read_captions(text: str) -> list[Cue]:
    """Return the cues of a WebVTT or SRT text, in order.

    Markup is left out, except who speaks (`<v Name>`). Raises TimedTextIsWrong, with a sentence
    for each wrong line (ten at most), for anything that a player would drop or show at the wrong
    time: no header, broken times, an end before its start, cues out of order, text without times.

    Source: W3C WebVTT, section 4 (file structure); for SRT, what players commonly accept.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    blocks = list(_blocks(text))
    is_vtt = bool(re.match(r"WEBVTT(?:[ \t\n]|$)", text))
    if not is_vtt and not any("-->" in line for block in blocks[:1] for line in block.lines):
        raise TimedTextIsWrong([(1, _("dit is geen ondertiteling. Een VTT-bestand begint met het woord WEBVTT."))])
    problems = list(_problems(blocks))
    if problems:
        raise TimedTextIsWrong(problems[:MOST_PROBLEMS])
    captions = webvtt.from_buffer(io.StringIO(text + "\n"), "vtt" if is_vtt else "srt")
    cues = [cue for caption in captions for cue in _spoken(caption)]
    if not cues:
        raise TimedTextIsWrong([(1, _("er staat geen enkele tekst met tijden in."))])
    return cues


def _blocks(text: str) -> Iterator[Block]:
    lines, first = [], 1
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            lines.append(line)
        else:
            if lines:
                yield Block(first=first, lines=lines)
            lines, first = [], number + 1


def _problems(blocks: list[Block]) -> Iterator[tuple[int, str]]:
    previous = 0.0
    for block in blocks:
        if BLOCK_WITHOUT_TIMES.match(block.lines[0]) and not any("-->" in line for line in block.lines):
            continue
        where = next((number for number, line in enumerate(block.lines) if "-->" in line), None)
        if where is None:
            yield block.first, _("hier staat tekst zonder tijden. Zet er een regel met begin --> einde boven.")
            continue
        line = block.first + where
        match = TIMES.match(block.lines[where])
        if match is None:
            yield line, _("de tijden kloppen niet. Schrijf bijvoorbeeld 00:01:02.500 --> 00:01:05.000.")
            continue
        start, end = map(_seconds, match.groups())
        if end <= start:
            yield line, _("het einde (%(end)s) ligt niet na het begin (%(start)s).") % _clocks(start, end)
        elif start < previous:
            yield line, _("deze tekst begint voor de vorige (%(start)s).") % _clocks(start, end)
        elif not block.lines[where + 1 :]:
            yield line, _("er staat geen tekst onder deze tijden.")
        previous = max(previous, start)


def _clocks(start: float, end: float) -> dict[str, str]:
    return {"start": clock(start), "end": clock(end)}


def _seconds(stamp: str) -> float:
    seconds = 0.0
    for part in stamp.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return round(seconds, 3)


def _spoken(caption: webvtt.Caption) -> Iterator[Cue]:
    """Yield a cue for each voice in a caption; two people may speak in one."""
    start, end = _seconds(caption.start), _seconds(caption.end)
    before, *pieces = VOICE.split(caption.raw_text)
    voiced = [("", before), *zip(pieces[::2], pieces[1::2], strict=True)]
    for voice, markup in voiced:
        text = " ".join(unescape(strip_tags(markup)).split())
        if text:
            yield Cue(start=start, end=end, voice=" ".join(unescape(voice).split()), text=text)
