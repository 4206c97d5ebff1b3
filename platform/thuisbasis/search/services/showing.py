"""What is shown of what was found: why, which moments of a recording, and what the results can be narrowed to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from thuisbasis.files.captions import clock
from thuisbasis.search.engines import Ask
from thuisbasis.search.highlighting import Piece, fragments, marked
from thuisbasis.search.models import EntryCue, SearchEntry
from thuisbasis.search.registry import facets, kind_labels

MOST_MOMENTS = 3
MOST_CUES_READ = 300


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A moment in a recording at which the words are said; `url` starts the player there."""

    start: float
    voice: str
    pieces: list[Piece]
    url: str

    @property
    def clock(self) -> str:
        """Return the time as a player shows it."""
        return clock(self.start)


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing found: its entry, and why it was found."""

    entry: SearchEntry
    kind_label: str
    name: list[Piece]
    fragments: list[list[Piece]]
    moments: list[Moment]


@dataclass(frozen=True, kw_only=True)
class FacetValue:
    """A value by which results can be narrowed, and how many it has."""

    value: str
    label: str
    count: int
    is_selected: bool


@dataclass(frozen=True, kw_only=True)
class FacetChoice:
    """A facet with the values that occur in what was found."""

    name: str
    parameter: str
    label: str
    values: list[FacetValue]

    @property
    def is_selected(self) -> bool:
        """Say whether something is chosen here."""
        return any(value.is_selected for value in self.values)


def hits(keys: list[int], *, ask: Ask) -> list[Hit]:
    """Return what is shown of these entries, in this order; what the visitor may no longer see is left out."""
    entries = SearchEntry.objects.visible_to(ask.visitor).in_bulk(keys)
    wanted = wanted_tokens(ask)
    moments = _moments(entries, wanted)
    return [_hit(entries[key], wanted, moments.get(key, [])) for key in keys if key in entries]


def wanted_tokens(ask: Ask) -> frozenset[str]:
    """Return every token that may be the reason that something was found."""
    return frozenset(
        token for variant in ask.variants for clause in variant.clauses for option in clause for token in option
    )


def choices(counts: Mapping[str, Mapping[str, int]], selected: Mapping[str, frozenset[str]]) -> list[FacetChoice]:
    """Return the facets that narrow something, with the labels that people read, in the order of declaration."""
    found = []
    for name, facet in facets().items():
        counted = counts.get(name, {})
        chosen = selected.get(name, frozenset())
        labels = facet.labels([*counted, *(chosen - counted.keys())])
        values = [
            FacetValue(value=value, label=label, count=counted.get(value, 0), is_selected=value in chosen)
            for value, label in labels.items()
        ]
        if len(values) > 1 or any(value.is_selected for value in values):
            found.append(FacetChoice(name=name, parameter=facet.parameter, label=str(facet.label), values=values))
    return found


def _hit(entry: SearchEntry, wanted: frozenset[str], moments: list[Moment]) -> Hit:
    return Hit(
        entry=entry,
        kind_label=str(kind_labels().get(entry.kind, "")),
        name=marked(entry.name, wanted, entry.language),
        fragments=fragments([entry.summary, entry.text], wanted, entry.language),
        moments=moments,
    )


def _moments(entries: Mapping[int, SearchEntry], wanted: frozenset[str]) -> dict[int, list[Moment]]:
    """Return for each entry the moments with most of the words, in order of time."""
    if not entries or not wanted:
        return {}
    has_a_word = reduce(or_, (Q(tokens__contains=f" {token} ") for token in wanted))
    cues: dict[int, list[EntryCue]] = {}
    for cue in EntryCue.objects.filter(has_a_word, entry_id__in=entries)[:MOST_CUES_READ]:
        cues.setdefault(cue.entry_id, []).append(cue)
    return {key: [_moment(cue, entries[key], wanted) for cue in _best(theirs, wanted)] for key, theirs in cues.items()}


def _best(cues: list[EntryCue], wanted: frozenset[str]) -> list[EntryCue]:
    most_words = sorted(cues, key=lambda cue: (-len(wanted & set(cue.tokens.split())), cue.start))
    return sorted(most_words[:MOST_MOMENTS], key=lambda cue: cue.start)


def _moment(cue: EntryCue, entry: SearchEntry, wanted: frozenset[str]) -> Moment:
    return Moment(
        start=cue.start,
        voice=cue.voice,
        pieces=marked(cue.text, wanted, entry.language),
        url=f"{entry.url}?t={int(cue.start)}",
    )
