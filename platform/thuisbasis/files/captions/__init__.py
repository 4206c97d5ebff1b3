"""Subtitles, transcripts and chapters: reading what editors have, writing what players ask."""

from .chapters import Mark, chapters_json, read_chapters
from .cues import Cue, TimedTextIsWrong, clock
from .subtitles import read_captions
from .writing import FORMATS, hide_unknown_voices, write_captions

__all__ = [
    "FORMATS",
    "Cue",
    "Mark",
    "TimedTextIsWrong",
    "chapters_json",
    "clock",
    "hide_unknown_voices",
    "read_captions",
    "read_chapters",
    "write_captions",
]
