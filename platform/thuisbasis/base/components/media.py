"""Components to watch and listen: our own player, the text beside it, and video from elsewhere."""

from dataclasses import dataclass, field
from typing import Any, Self

from .content import Picture
from .core import SiteComponent


@dataclass(kw_only=True)
class Embed(SiteComponent):
    """A video from elsewhere behind our own poster; nothing is asked of the other site before a click."""

    url: str
    title: str
    provider: str
    player_url: str
    poster: Any = None

    computed = ("picture",)

    @property
    def picture(self) -> Picture | None:
        """Return the poster, which comes from our own site."""
        return Picture(image=self.poster) if self.poster else None

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        url, player = "https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789?dnt=1&autoplay=1"
        return {"zonder beeld": cls(url=url, title="Voorbeeld van een opname", provider="Vimeo", player_url=player)}


@dataclass(kw_only=True)
class Player(SiteComponent):
    """Sound or video of our own, in the browser's own player; JavaScript adds chapters and speed.

    Times are seconds. `chapters` are (start, time as shown, title, link); `tracks` are
    (language, name of the language, address of the captions), the default first.
    """

    source: str
    media_type: str
    title: str
    duration: float = 0
    start: int = 0
    chapters: list[tuple[float, str, str, str]] = field(default_factory=list)
    tracks: list[tuple[str, str, str]] = field(default_factory=list)
    poster: str = ""

    computed = ("is_video", "source_from_start")

    @property
    def is_video(self) -> bool:
        """Say whether there is something to see."""
        return self.media_type.startswith("video/")

    @property
    def source_from_start(self) -> str:
        """Return the address with the moment to start at, which browsers understand (Media Fragments URI)."""
        return f"{self.source}#t={self.start}" if self.start else self.source

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        chapters = [(0.0, "0:00", "Welkom", ""), (95.0, "1:35", "De eerste sleutel", "")]
        return {"geluid": cls(source="", media_type="audio/mpeg", title="Voorbeeld", chapters=chapters)}


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What one person says; `cues` are (start in seconds, text)."""

    start: float
    clock: str
    voice: str
    cues: list[tuple[float, str]]


@dataclass(kw_only=True)
class TranscriptText(SiteComponent):
    """What is said, to read without a player; each time leads to that moment. `downloads` are (name, address)."""

    turns: list[Turn]
    language: str
    downloads: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        first = Turn(start=0, clock="0:00", voice="Presentator", cues=[(0, "Welkom bij deze aflevering.")])
        second = Turn(
            start=8, clock="0:08", voice="Spreker 1", cues=[(8, "Dank je."), (10, "Ik vertel er graag over.")]
        )
        return {"twee sprekers": cls(turns=[first, second], language="nl")}
