"""Components that show content: cards, pictures, facts and notices."""

import datetime
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, ClassVar, Literal, Self

from wagtail.images import get_image_model
from wagtail.images.models import Filter

from .core import SiteComponent

SIZES = {
    "card": ("(min-width: 60rem) 22rem, (min-width: 40rem) 45vw, 92vw", (400, 800)),
    "wide": ("(min-width: 70rem) 68rem, 94vw", (400, 800, 1200)),
    "text": ("(min-width: 48rem) 44rem, 92vw", (400, 800, 1200)),
}
FORMATS = ("avif", "jpeg")


def rendition_specs(shape: str) -> list[str]:
    """Return the filter of every rendition that a picture of this shape uses."""
    _, widths = SIZES[shape]
    return [f"{_resize(shape, width)}|format-{image_format}" for image_format in FORMATS for width in widths]


@cache
def _filters(shape: str) -> tuple[Filter, ...]:
    """Return the same as Wagtail reads them; reading them anew for each card took a sixth of a page's time."""
    return tuple(Filter(spec=spec) for spec in rendition_specs(shape))


def _resize(shape: str, width: int) -> str:
    return f"fill-{width}x{width * 5 // 8}" if shape == "card" else f"width-{width}"


@dataclass(kw_only=True)
class Picture(SiteComponent):
    """An image in modern formats and fitting sizes, with fixed dimensions so that nothing jumps.

    An empty `alt` marks it as decoration. Only the first picture of a page is `is_eager`.
    """

    image: Any
    alt: str = ""
    shape: Literal["card", "wide", "text"] = "text"
    is_eager: bool = False

    computed = ("sources", "fallback", "sizes")
    is_drawn_once = True

    @property
    def sizes(self) -> str:
        """Return how wide the picture stands, for the browser to choose a file."""
        return SIZES[self.shape][0]

    @property
    def sources(self) -> list[dict[str, str]]:
        """Return the type and srcset of each format, best first."""
        return [
            {
                "type": f"image/{image_format}",
                "srcset": ", ".join(
                    f"{rendition.url} {rendition.width}w"
                    for spec, rendition in self._renditions.items()
                    if spec.endswith(image_format)
                ),
            }
            for image_format in FORMATS
        ]

    @property
    def fallback(self) -> Any:
        """Return the rendition for browsers that know no srcset; it sets the dimensions."""
        return list(self._renditions.values())[-1]

    @cached_property
    def _renditions(self) -> dict[str, Any]:
        return dict(self.image.get_renditions(*_filters(self.shape)))

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples, made from the newest image."""
        image = get_image_model().objects.order_by("pk").first()
        return {"in de tekst": cls(image=image, alt="Voorbeeld van een beeld")} if image else {}


@dataclass(kw_only=True)
class Badge(SiteComponent):
    """A small label that says what kind of thing this is; never colour alone."""

    text: str
    tone: Literal["plain", "kind", "good", "warning"] = "plain"

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        return {
            "gewoon": cls(text="2016"),
            "soort": cls(text="Praktijkvoorbeeld", tone="kind"),
            "goed": cls(text="Goed onderbouwd", tone="good"),
            "let op": cls(text="Beoordeling verlopen", tone="warning"),
        }


@dataclass(kw_only=True)
class Card(SiteComponent):
    """An invitation to read one thing."""

    title: str
    url: str
    kind: str = ""
    summary: str = ""
    date: datetime.date | None = None
    image: Any = None
    is_invented: bool = False
    heading_level: Literal[2, 3] = 3

    computed = ("picture",)
    is_drawn_once = True

    @property
    def picture(self) -> Picture | None:
        """Return the card's picture; it is decoration, as the title says it all."""
        return Picture(image=self.image, shape="card") if self.image else None

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        return {
            "zonder beeld": cls(
                title="Den Haag Actief",
                url="#den-haag-actief",
                kind="Praktijkvoorbeeld",
                summary="Coaches zoeken samen met bewoners een dagbesteding die bij hen past.",
                date=datetime.date(2021, 3, 25),
            ),
            "lange titel": cls(
                title="Dagbestedingsactiveringsbijeenkomsten voor ervaringsdeskundigen en buurtgenoten",
                url="#lang",
                is_invented=True,
            ),
        }


@dataclass(kw_only=True)
class CardList(SiteComponent):
    """Cards in a grid, as a list; says what to do when there are none."""

    cards: list[Card]
    empty: "EmptyState | None" = None

    is_drawn_once = True

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        cards = list(Card.examples().values())
        return {"met kaarten": cls(cards=cards), "leeg": cls(cards=[], empty=EmptyState.examples()["leeg"])}


@dataclass(kw_only=True)
class EmptyState(SiteComponent):
    """Says that there is nothing, and what to do next."""

    title: str
    text: str
    link_label: str = ""
    link_url: str = ""

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        return {
            "leeg": cls(
                title="Nog geen voorbeelden bij dit thema",
                text="Kijk bij alle thema's, of zoek met je eigen woorden.",
                link_label="Alle thema's",
                link_url="#themas",
            )
        }


@dataclass(kw_only=True)
class Notice(SiteComponent):
    """A message across the page: good to know, gone well, or watch out."""

    title: str
    text: str = ""
    tone: Literal["info", "good", "warning"] = "info"

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        return {
            "informatie": cls(title="Verzonnen voorbeeld", text="Personen en cijfers zijn bedacht."),
            "gelukt": cls(title="Opgeslagen", tone="good"),
            "let op": cls(title="De beoordeling is verlopen", text="Op 1 mei 2025.", tone="warning"),
        }


@dataclass(kw_only=True)
class KeyFigure(SiteComponent):
    """One number that matters, with what it counts."""

    number: str
    label: str

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        return {"getal": cls(number="33", label="praktijken")}


@dataclass(kw_only=True)
class FactList(SiteComponent):
    """Labels with their values, such as the facts of a project; empty values are left out."""

    facts: list[tuple[Any, Any]] = field(default_factory=list)

    is_drawn_once = True
    computed: ClassVar[tuple[str, ...]] = ("known",)

    @property
    def known(self) -> list[tuple[Any, Any]]:
        """Return the facts that have a value."""
        return [(label, value) for label, value in self.facts if value not in (None, "")]

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        return {"project": cls(facts=[("Projectnummer", "10210012010002"), ("Looptijd", "2020 – 2022")])}
