"""Sentences with names in them, that wait for the language of whoever reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sentence:
    """A translatable sentence and what to fill in; becomes text when it is shown, in the language of that moment."""

    text: Any
    names: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.text) % self.names
