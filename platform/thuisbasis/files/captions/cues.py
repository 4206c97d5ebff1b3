"""What is said when, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _


@dataclass(frozen=True, kw_only=True)
class Cue:
    """One piece of spoken text; times are seconds from the start, `voice` may be empty."""

    start: float
    end: float
    voice: str
    text: str

    def as_row(self) -> list[object]:
        """Return the cue as it is stored."""
        return [self.start, self.end, self.voice, self.text]

    @classmethod
    def from_row(cls, row: Sequence[object]) -> Self:
        """Return the cue that was stored as this row."""
        start, end, voice, text = row
        return cls(start=float(str(start)), end=float(str(end)), voice=str(voice), text=str(text))


class TimedTextIsWrong(Exception):
    """Subtitles or chapters cannot be read; `problems` are (line number from 1, sentence)."""

    def __init__(self, problems: Sequence[tuple[int, str]]) -> None:
        super().__init__(problems)
        self.problems = list(problems)

    def sentences(self) -> list[str]:
        """Return each problem with its line, as an editor reads it."""
        return [_("Regel %(line)d: %(problem)s") % {"line": line, "problem": text} for line, text in self.problems]


def clock(seconds: float) -> str:
    """Return a time as a player shows it: "2:05" or "1:02:05"."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
