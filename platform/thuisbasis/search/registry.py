"""Where content declares itself searchable; search itself knows no content."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """Something said in a recording: from which second, by whom (who may be named, else ""), and what."""

    start: float
    voice: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Findable:
    """What is findable of one object. `kind` is a key of `kind_labels`; `url` starts with "/".

    `facets` are pairs of a declared facet and a value; kind, language and year follow by themselves.
    `weight` is how much it counts beside something that fits as well. `keywords` find it and are not
    shown. `spoken` is what search shows as a moment in the recording; its words belong in `text` as well.
    """

    kind: str
    language: str
    name: str
    summary: str
    text: str
    url: str
    audience: str
    practice_id: int | None
    working_group_id: int | None = None
    published_at: datetime | None
    weight: float = 1.0
    keywords: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    spoken: tuple[Spoken, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """How one model is found: which rows, and what of each; `describe` may return None."""

    model: type[models.Model]
    rows: Callable[[], Iterable[Any]]
    describe: Callable[[Any], Findable | None]


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A property by which readers narrow results.

    `parameter` is its name in the address; `labels` turns values into what people read, in the
    active language, and leaves out those that nobody should see any more.
    """

    name: str
    parameter: str
    label: Any
    labels: Callable[[list[str]], dict[str, str]]


_declarations: dict[type[models.Model], Declaration] = {}
_kind_labels: dict[str, Any] = {}
_facets: dict[str, Facet] = {}


def declare_searchable(declaration: Declaration, *, kinds: dict[str, Any]) -> None:
    """Make a model findable; `kinds` maps each kind it yields to a translatable plural label."""
    _declarations[declaration.model] = declaration
    _kind_labels.update(kinds)


def declare_facet(facet: Facet) -> None:
    """Let readers narrow results by this property."""
    _facets[facet.name] = facet


def declarations() -> list[Declaration]:
    """Return every declaration."""
    return list(_declarations.values())


def declaration_for(instance: models.Model) -> Declaration | None:
    """Return the declaration of the instance's own class or its nearest declared parent."""
    for model in type(instance).__mro__:
        if model in _declarations:
            return _declarations[model]
    return None


def kind_labels() -> dict[str, Any]:
    """Return the plural label of each kind, in the order of declaration."""
    return dict(_kind_labels)


def facets() -> dict[str, Facet]:
    """Return every facet by name, in the order of declaration."""
    return dict(_facets)
