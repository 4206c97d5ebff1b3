"""Where content declares itself searchable; search itself knows no content."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models


@dataclass(frozen=True, kw_only=True)
class Findable:
    """What is findable of one object. `kind` is a key of `kind_labels`; `url` starts with "/"."""

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


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """How one model is found: which rows, and what of each; `describe` may return None."""

    model: type[models.Model]
    rows: Callable[[], Iterable[Any]]
    describe: Callable[[Any], Findable | None]


_declarations: dict[type[models.Model], Declaration] = {}
_kind_labels: dict[str, Any] = {}


def declare_searchable(declaration: Declaration, *, kinds: dict[str, Any]) -> None:
    """Make a model findable; `kinds` maps each kind it yields to a translatable plural label."""
    _declarations[declaration.model] = declaration
    _kind_labels.update(kinds)


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
