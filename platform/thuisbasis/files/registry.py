"""Where other apps say which files there are to send, and to whom; files themselves know no content."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from thuisbasis.network.policies import Visitor

Rule = Callable[[Any, Visitor], bool]
_rules: dict[type[models.Model], list[Rule]] = {}


def declare_offer(model: type[models.Model], rule: Rule) -> None:
    """Let this rule say for which of these files a visitor may see something that offers it."""
    rules = _rules.setdefault(model, [])
    if rule not in rules:
        rules.append(rule)


def is_offered(thing: models.Model, visitor: Visitor) -> bool:
    """Say whether anything that this visitor may see offers the file; editors get all that the site publishes."""
    return visitor.is_editor or any(rule(thing, visitor) for rule in _rules.get(type(thing), []))


@dataclass(frozen=True, kw_only=True)
class FileAsk:
    """Who asks for a file, at which address, and whether for its bytes or only about it."""

    user: Any
    visitor: Visitor
    now: datetime
    address: dict[str, Any]
    is_download: bool


@dataclass(frozen=True, kw_only=True)
class Sendable:
    """A file that whoever asked may have; `storage` is its name in the settings, `size` is in bytes.

    `is_for_all` lets shared caches keep it for a minute and players of other sites fetch it.
    """

    file: Any
    storage: str
    name: str
    media_type: str
    size: int
    checksum: str
    changed_at: datetime
    is_for_all: bool = False
    is_inline: bool = False
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: Any, *, changed_at: datetime, is_inline: bool = False) -> "Sendable":
        """Return what somebody uploaded, as it lies in private storage; `stored` is a StoredFile."""
        return cls(
            file=stored.file,
            storage="private",
            name=stored.name,
            media_type=stored.media_type,
            size=stored.size,
            checksum=stored.checksum,
            changed_at=changed_at,
            is_inline=is_inline,
        )


Finder = Callable[[FileAsk], Sendable | None]
_finders: dict[str, Finder] = {}


def declare_files(kind: str, finder: Finder) -> None:
    """Let the one serving view find files of this kind; None means: nothing here for you."""
    _finders[kind] = finder


def find_file(kind: str, ask: FileAsk) -> Sendable | None:
    """Return the file that was asked for when this visitor may have it."""
    return _finders[kind](ask)
