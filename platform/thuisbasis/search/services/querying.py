"""The one way to search."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.conf import settings
from django.utils.translation import get_language
from modelsearch.query import PlainText, SearchQuery

from thuisbasis.network.policies import Visitor
from thuisbasis.search.analysis import stems
from thuisbasis.search.highlighting import Piece, fragment
from thuisbasis.search.models import SearchEntry
from thuisbasis.search.registry import kind_labels

PAGE_SIZE = 10
MAX_PAGES = 100
MAX_QUERY_LENGTH = 200


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing found: its entry, and why it was found."""

    entry: SearchEntry
    kind_label: str
    name: list[Piece]
    fragment: list[Piece]


@dataclass(frozen=True, kw_only=True)
class KindCount:
    """How many things of one kind the text finds, whichever kind is chosen."""

    kind: str
    label: str
    count: int
    is_selected: bool


@dataclass(frozen=True, kw_only=True)
class SearchResults:
    """A page of hits; `total` counts those of the chosen kind, over all pages."""

    text: str
    hits: list[Hit]
    total: int
    kinds: list[KindCount]
    page: int
    page_count: int


def search(*, text: str, visitor: Visitor, kind: str = "", page: int = 1) -> SearchResults:
    """Return what this visitor may see of what the text finds, best first, `PAGE_SIZE` a page.

    Every word must occur, in any of its forms in the active language or the site's own. `page`
    counts from 1 and is cut to what exists. An unknown kind is ignored. A text without any
    searchable word finds nothing.
    """
    text = _clean(text)
    wanted = _stems(text)
    kind = kind if kind in kind_labels() else ""
    if not any(wanted.values()):
        return SearchResults(text=text, hits=[], total=0, kinds=[], page=1, page_count=0)
    query = _query(wanted)
    counts = _kind_counts(query, visitor, kind)
    total = sum(count.count for count in counts if not kind or count.is_selected)
    page_count = min(-(-total // PAGE_SIZE), MAX_PAGES)
    page = max(1, min(page, page_count or 1))
    entries = SearchEntry.objects.visible_to(visitor)
    if kind:
        entries = entries.filter(kind=kind)
    start = (page - 1) * PAGE_SIZE
    found = entries.search(query)[start : start + PAGE_SIZE] if total else []
    hits = [_hit(entry, frozenset(wanted.get(entry.language, []))) for entry in found]
    return SearchResults(text=text, hits=hits, total=total, kinds=counts, page=page, page_count=page_count)


def keys_found(*, text: str, visitor: Visitor, kind: str, most: int = 200) -> list[int]:
    """Return the keys of what the text finds of one kind, best first, for a list that narrows itself by a text."""
    wanted = _stems(text)
    if not any(wanted.values()):
        return []
    entries = SearchEntry.objects.visible_to(visitor).filter(kind=kind)
    return [entry.source_pk for entry in entries.search(_query(wanted))[:most]]


def _clean(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:MAX_QUERY_LENGTH]


def _stems(text: str) -> dict[str, list[str]]:
    codes = {get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE}
    return {code: stems(_clean(text), code) for code in codes}


def _query(wanted: dict[str, list[str]]) -> SearchQuery:
    """Return a query in which all stems of any one language must occur."""
    variants = {" ".join(found) for found in wanted.values() if found}
    return reduce(or_, [PlainText(variant, operator="and") for variant in sorted(variants)])


def _kind_counts(query: SearchQuery, visitor: Visitor, selected: str) -> list[KindCount]:
    facets = SearchEntry.objects.visible_to(visitor).search(query).facet("kind")
    return [
        KindCount(kind=kind, label=str(label), count=facets[kind], is_selected=kind == selected)
        for kind, label in kind_labels().items()
        if facets.get(kind)
    ]


def _hit(entry: SearchEntry, wanted: frozenset[str]) -> Hit:
    shown = entry.summary
    if not any(piece.is_match for piece in fragment(shown, wanted, entry.language)):
        in_text = fragment(entry.text, wanted, entry.language)
        shown = entry.text if any(piece.is_match for piece in in_text) else shown
    return Hit(
        entry=entry,
        kind_label=str(kind_labels().get(entry.kind, "")),
        name=fragment(entry.name, wanted, entry.language),
        fragment=fragment(shown, wanted, entry.language),
    )
