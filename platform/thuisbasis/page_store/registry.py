"""Lets apps say what no public page shows, and which addresses are worth having ready."""

from collections.abc import Callable, Iterable

from django.db.models import Model

Addresses = Callable[[], Iterable[str]]

_private: set[str] = set()
_fronts: list[Addresses] = []


def declare_private(*labels: str) -> None:
    """Say that no page for everybody shows these apps ("mail") or models ("wagtailcore.revision").

    Whatever is not named here makes all stored pages old when it changes: forgetting to name something costs a
    little speed, never the truth.
    """
    _private.update(label.lower() for label in labels)


def is_private(model: type[Model]) -> bool:
    """Say whether no page for everybody shows this model."""
    return model._meta.app_label.lower() in _private or model._meta.label_lower in _private


def declare_fronts(addresses: Addresses) -> None:
    """Have the paths that this function returns ready before somebody asks for them, most wanted first."""
    _fronts.append(addresses)


def fronts() -> list[str]:
    """Return every path that should be ready."""
    return [path for addresses in _fronts for path in addresses()]
