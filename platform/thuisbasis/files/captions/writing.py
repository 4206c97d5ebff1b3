"""Writes cues in the formats that players and podcast apps ask for."""

import json
import re
from collections.abc import Callable, Collection, Iterable
from html import escape

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from thuisbasis.files.captions.cues import Cue


def hide_unknown_voices(cues: Iterable[Cue], *, known: Collection[str], withheld: Collection[str] = ()) -> list[Cue]:
    """Return the cues with only the names in `known`; other speakers become "Spreker 1", "Spreker 2".

    The names in `withheld` also leave the text itself: someone who withdrew consent is not named.
    """
    numbers: dict[str, str] = {}
    allowed = {name.casefold(): name for name in known}
    result = []
    for cue in cues:
        voice = cue.voice
        if voice and voice.casefold() not in allowed:
            if voice not in numbers:
                numbers[voice] = _("Spreker %(number)d") % {"number": len(numbers) + 1}
            voice = numbers[voice]
        text = cue.text
        for name in withheld:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _("[naam weggelaten]"), text)
        result.append(Cue(start=cue.start, end=cue.end, voice=voice, text=text))
    return result


def write_captions(cues: Iterable[Cue], form: str) -> tuple[str, str]:
    """Return the cues in a format of FORMATS as (media type, text); KeyError for another format."""
    media_type, write = FORMATS[form]
    return media_type, write(list(cues))


def _vtt(cues: list[Cue]) -> str:
    blocks = ["WEBVTT"]
    for cue in cues:
        voice = f"<v {escape(cue.voice, quote=False)}>" if cue.voice else ""
        times = f"{_stamp(cue.start, '.')} --> {_stamp(cue.end, '.')}"
        blocks.append(f"{times}\n{voice}{escape(cue.text, quote=False)}")
    return "\n\n".join(blocks) + "\n"


def _srt(cues: list[Cue]) -> str:
    blocks = []
    for number, cue in enumerate(cues, start=1):
        voice = f"{cue.voice}: " if cue.voice else ""
        blocks.append(f"{number}\n{_stamp(cue.start, ',')} --> {_stamp(cue.end, ',')}\n{voice}{cue.text}")
    return "\n\n".join(blocks) + "\n"


def _json(cues: list[Cue]) -> str:
    """Return the JSON transcript of the podcast namespace, version 1.0.0."""
    segments = [
        {
            **({"speaker": cue.voice} if cue.voice else {}),
            "startTime": cue.start,
            "endTime": cue.end,
            "body": cue.text,
        }
        for cue in cues
    ]
    return json.dumps({"version": "1.0.0", "segments": segments}, ensure_ascii=False)


def _html(cues: list[Cue]) -> str:
    """Return the HTML transcript of the podcast namespace: cite, time and p."""
    rows = []
    for cue in cues:
        cite = format_html("<cite>{}:</cite>\n", cue.voice) if cue.voice else ""
        rows.append((cite, _stamp(cue.start, "."), cue.text))
    return format_html_join("\n", "{}<time>{}</time>\n<p>{}</p>", rows)


def _stamp(seconds: float, point: str) -> str:
    thousandths = round(seconds * 1000)
    rest, milli = divmod(thousandths, 1000)
    return f"{rest // 3600:02}:{rest % 3600 // 60:02}:{rest % 60:02}{point}{milli:03}"


FORMATS: dict[str, tuple[str, Callable[[list[Cue]], str]]] = {
    "vtt": ("text/vtt", _vtt),
    "srt": ("application/x-subrip", _srt),
    "json": ("application/json", _json),
    "html": ("text/html", _html),
}
