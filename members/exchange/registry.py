"""Which kinds of text can be reported and hidden; whoever has more kinds declares them here."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from thuisbasis.network.policies import Visitor
from thuisbasis.network.querysets import audience_filter


@dataclass(frozen=True, kw_only=True)
class PostKind:
    """A kind of text; `audience_prefix` leads from it to what carries the audience."""

    name: str
    label: Any
    model: type[models.Model]
    audience_prefix: str = ""

    def find(self, key: int, visitor: Visitor, include_hidden: bool) -> Any:
        """Return the text when this visitor may see it, or might if it were not hidden."""
        rows = self._meant_for(visitor) if include_hidden else self.model._default_manager.visible_to(visitor)  # type: ignore[attr-defined] # every kind has it
        return rows.filter(pk=key).select_related("author").first()

    def stewarded(self, visitor: Visitor, reported: Collection[int]) -> Any:
        """Return the texts meant for this visitor that are hidden or reported, newest first."""
        rows = self._meant_for(visitor).filter(Q(hidden_at__isnull=False) | Q(pk__in=list(reported)))
        return rows.select_related("author").order_by("-created_at")[:100]

    def _meant_for(self, visitor: Visitor) -> Any:
        return self.model._default_manager.filter(audience_filter(visitor, prefix=self.audience_prefix))


_kinds: dict[str, PostKind] = {}


def declare_post(kind: PostKind) -> None:
    """Let texts of this kind be reported and hidden."""
    _kinds[kind.name] = kind


def post_kind(name: str) -> PostKind | None:
    """Return the kind of this name, or None."""
    return _kinds.get(name)


def post_kinds() -> list[PostKind]:
    """Return every kind."""
    return list(_kinds.values())


# Turns the key in an address into the beginning of a proposal, as far as the visitor may see it.
Prefiller = Callable[[str, Visitor], dict[str, Any]]
_prefillers: dict[str, Prefiller] = {}


def declare_prefill(name: str, prefiller: Prefiller) -> None:
    """Let a proposal begin with something: `?name=key` in its address."""
    _prefillers[name] = prefiller


def prefill(query: dict[str, str], visitor: Visitor) -> dict[str, Any]:
    """Return the beginning that the address asks for; empty for none, or for what this visitor may not see."""
    for name, prefiller in _prefillers.items():
        if name in query:
            return prefiller(query[name].replace("\x00", ""), visitor)
    return {}
