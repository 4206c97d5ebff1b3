"""The register of personal data: what we hold about people, why, for how long, and what erasing does to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Erasure(Enum):
    """What erasing a person does with a row."""

    DELETE = "delete"
    # The row stays with the practice's or the site's work, and points to "somebody who left".
    KEEP = "keep"
    # A service of the app itself knows what to do.
    SPECIAL = "special"


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """Some fields of one model that say something about a person.

    `model` is "app.Model"; `owner` is the look-up from a row to the person, "" where a row belongs
    to nobody with an account; `fields` are what an export shows; `purpose` and `term` are the
    sentences of the register of processing activities (GDPR, article 30).
    """

    model: str
    owner: str
    fields: tuple[str, ...]
    purpose: Any
    term: Any
    erasure: Erasure


_register: list[PersonalData] = []


def declare_personal(entries: Iterable[PersonalData]) -> None:
    """Add to the register."""
    _register.extend(entry for entry in entries if entry not in _register)


def personal_data() -> list[PersonalData]:
    """Return the whole register."""
    return list(_register)
