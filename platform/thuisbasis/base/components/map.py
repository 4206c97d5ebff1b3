"""A map with places as links, drawn in the page itself."""

from dataclasses import dataclass
from typing import Self

from .core import SiteComponent


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A place on the map; `label` says everything that the eye sees, `is_square` marks what is different."""

    x: int
    y: int
    label: str
    url: str
    count: int = 1
    is_square: bool = False


@dataclass(kw_only=True)
class PlaceMap(SiteComponent):
    """Outlines with dots; a number in a dot counts what is there. The same is always in a list too."""

    width: int
    height: int
    outlines: list[tuple[str, str]]
    dots: list[Dot]
    label: str
    source: str = ""

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        dots = [
            Dot(x=40, y=60, label="Deventer: Thuis aan de IJssel", url="#deventer"),
            Dot(x=120, y=40, label="Den Haag: 2 praktijken", url="#den-haag", count=2),
            Dot(x=170, y=85, label="Brussel: bevriende praktijk", url="#brussel", is_square=True),
        ]
        square = ("Voorbeeld", "M10 10l190 0 0 100 -190 0z")
        return {"drie plaatsen": cls(width=210, height=120, outlines=[square], dots=dots, label="Voorbeeldkaart")}
