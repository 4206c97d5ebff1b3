"""Where apps say what people can be told of; notices themselves know no content."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thuisbasis.base.texts import Sentence
from thuisbasis.network.policies import Visitor

# The one topic that goes at once: what others ask of you, or answer you.
PERSONAL = "personal"


@dataclass(frozen=True, kw_only=True)
class NoticeText:
    """What a notice says, lazily in the reader's language, and where it leads."""

    text: Any
    url: str

    @classmethod
    def about(cls, row: Any, sentence: Any, *, title: str = "", person: Any = "", url: str = "") -> "NoticeText":
        """Return a sentence with the row's own `title` and address in it, unless others are given."""
        names = {"title": title or row.title, "person": str(person)}
        return cls(text=Sentence(sentence, names), url=url or row.get_absolute_url())


# Gets the keys of the sources and whoever reads; leaves out what this reader may not see now.
Resolver = Callable[[Sequence[int], Visitor], dict[int, NoticeText]]
_resolvers: dict[str, Resolver] = {}


def declare_notice(kind: str, resolver: Resolver) -> None:
    """Let `resolver` say what notices of this kind mean; the kind is its identity."""
    _resolvers[kind] = resolver


def resolve(kind: str, keys: Sequence[int], visitor: Visitor) -> dict[int, NoticeText]:
    """Return what these sources mean to this reader, without those that are not for him or her."""
    resolver = _resolvers.get(kind)
    return resolver(keys, visitor) if resolver else {}


@dataclass(frozen=True, kw_only=True)
class DigestItem:
    """One line of a digest."""

    title: str
    url: str
    remark: Any = ""

    @classmethod
    def of(cls, row: Any) -> "DigestItem":
        """Return a line about something with a title and an address, and the practice that it is of."""
        return cls(title=row.title, url=row.get_absolute_url(), remark=str(getattr(row, "practice", None) or ""))


@dataclass(frozen=True, kw_only=True)
class DigestAsk:
    """For whom a digest is made, and over which time; `since` is not included."""

    user: Any
    visitor: Visitor
    since: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Topic:
    """Something to hear of regularly; `items` returns what is new for one person."""

    name: str
    label: Any
    help_text: Any
    items: Callable[[DigestAsk], list[DigestItem]] | None


_topics: dict[str, Topic] = {}


def declare_topic(topic: Topic) -> None:
    """Let people subscribe to this."""
    _topics[topic.name] = topic


def topics() -> list[Topic]:
    """Return every topic, in the order of declaration."""
    return list(_topics.values())


def topic_named(name: str) -> Topic | None:
    """Return a topic, or None when there is none of this name."""
    return _topics.get(name)
