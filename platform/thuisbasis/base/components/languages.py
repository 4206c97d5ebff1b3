"""The languages in which something can be read, and the way to each."""

from dataclasses import dataclass
from typing import Self

from .core import SiteComponent


@dataclass(frozen=True, kw_only=True)
class Alternate:
    """One address of what is shown, for search engines: `code` is a language or "x-default"."""

    code: str
    url: str


@dataclass(frozen=True, kw_only=True)
class LanguageChoice:
    """One language; when the page is missing in it, the address is that of the nearest page above it that is not."""

    code: str
    name: str
    url: str
    is_current: bool = False
    is_missing: bool = False


@dataclass(kw_only=True)
class Languages(SiteComponent):
    """The switch between languages, which shows nothing while there is one; `alternates` are for the head."""

    choices: list[LanguageChoice]
    alternates: list[Alternate]
    label: str = ""

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        return {
            "niet vertaald in het Frans": cls(
                choices=[
                    LanguageChoice(code="nl", name="Nederlands", url="#nl", is_current=True),
                    LanguageChoice(code="en", name="English", url="#en"),
                    LanguageChoice(code="fr", name="Français", url="#fr", is_missing=True),
                ],
                alternates=[],
                label="Taal van dit voorbeeld",
            )
        }
