"""What is asked of an engine and what it answers, in words that know no engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain, islice, product
from typing import Protocol

from thuisbasis.network.policies import Visitor

# More than this many results are not counted: nobody reads them, and counting is what costs.
MOST_COUNTED = 1000
# How much more a word weighs in a name and in a summary than in a text, and how much less as part of another word.
WEIGHTS = {"title": 8.0, "summary": 2.5, "text": 1.0, "part": 0.3}
OWN_LANGUAGE_BONUS = 3.0
# Something with exactly this name comes before something that has the words in it.
NAMESAKE_BONUS = 4.0
MOST_NAMES = 20

Option = tuple[str, ...]
Clause = tuple[Option, ...]


@dataclass(frozen=True, kw_only=True)
class Variant:
    """The text as one language understands it.

    Every clause must be met, by any of its options; an option of several tokens is a phrase.
    """

    language: str
    clauses: tuple[Clause, ...]

    @property
    def names(self) -> list[str]:
        """Return the names, in tokens, that say exactly this and nothing else."""
        ways = [" ".join(chain(*way)) for way in islice(product(*self.clauses), MOST_NAMES)]
        return sorted(set(ways))


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A question to an engine. Things in `language`, the reader's own, come before equally good others.

    `selected` maps facets to the values of which one is wanted; `facets` names those to count.
    `is_any` asks for things that meet any clause. `order` is "best" or "newest".
    """

    variants: tuple[Variant, ...]
    visitor: Visitor
    language: str
    selected: Mapping[str, frozenset[str]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    is_any: bool = False
    order: str = "best"
    start: int = 0
    size: int = 10

    @property
    def names(self) -> list[str]:
        """Return the names that say exactly this, in any language."""
        return [name for variant in self.variants for name in variant.names]


@dataclass(frozen=True, kw_only=True)
class Found:
    """The keys of the entries on the page asked for, best first; the total is never more than `MOST_COUNTED`.

    `counts` says for each facet how many results each of its values has, or would have if it were
    chosen beside what is chosen in the same facet.
    """

    keys: list[int]
    total: int
    is_more: bool
    counts: dict[str, dict[str, int]]


class EngineFailed(Exception):
    """The engine did not answer, too late, or nonsense; whoever asks turns to the database."""


class Engine(Protocol):
    """What every engine can do; each answers with what this visitor may see and nothing else."""

    name: str

    def find(self, ask: Ask) -> Found:
        """Answer the question; raises EngineFailed."""

    def complete(self, beginnings: list[str], *, visitor: Visitor, language: str, size: int) -> list[int]:
        """Return the keys of entries with a name in which each beginning starts a word; raises EngineFailed."""
