"""Components that show how far something is, and how full."""

from dataclasses import dataclass
from typing import Self

from .core import SiteComponent


@dataclass(kw_only=True)
class ProgressBar(SiteComponent):
    """A bar with the same number as text; `percent` is a whole number from 0 to 100."""

    label: str
    percent: int
    text: str

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        return {
            "bezig": cls(label="Looptijd", percent=40, text="40 procent van de looptijd is voorbij"),
            "klaar": cls(label="Looptijd", percent=100, text="Dit project is afgerond"),
        }


@dataclass(frozen=True, kw_only=True)
class SeatPart:
    """A piece of the bar: where it begins and how wide it is, of a hundred."""

    name: str
    start: float
    width: float


@dataclass(kw_only=True)
class SeatPicture(SiteComponent):
    """The seats of a date as one bar, with the same numbers in a table; without `capacity` there is no limit."""

    capacity: int | None
    confirmed: int
    offered: int
    waiting: int

    computed = ("free", "parts")

    @property
    def free(self) -> int | None:
        """Return how many seats are left; None for any number."""
        return None if self.capacity is None else max(0, self.capacity - self.confirmed - self.offered)

    @property
    def parts(self) -> list[SeatPart]:
        """Return the pieces of the bar in order: taken, offered, and outside the seats who waits."""
        numbers = [("confirmed", self.confirmed), ("offered", self.offered), ("free", self.free or 0)]
        numbers.append(("waiting", self.waiting))
        total = sum(number for _name, number in numbers) or 1
        parts, start = [], 0.0
        for name, number in numbers:
            width = round(100 * number / total, 2)
            if number:
                parts.append(SeatPart(name=name, start=round(start, 2), width=width))
            start += width
        return parts

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        return {
            "bijna vol": cls(capacity=80, confirmed=74, offered=2, waiting=0),
            "vol, met wachtlijst": cls(capacity=80, confirmed=78, offered=2, waiting=9),
            "zonder grens": cls(capacity=None, confirmed=12, offered=0, waiting=0),
        }
