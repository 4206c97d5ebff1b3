"""How the site speaks: about dates, and in sentences that wait for the language of whoever reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format


@dataclass(frozen=True)
class Sentence:
    """A translatable sentence and what to fill in; becomes text when it is shown, in the language of that moment."""

    text: Any
    names: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.text) % self.names


def full_date(value: date | datetime | None) -> str:
    """Return a date as people say it: "donderdag 25 maart 2021", with ", 16.00 uur" for a moment."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return f"{date_format(local, 'l j F Y')}, {date_format(local, 'H.i')} uur"
    return date_format(value, "l j F Y")
