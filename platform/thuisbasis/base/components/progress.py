"""A component that shows how far something is."""

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
