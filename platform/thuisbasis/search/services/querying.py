"""The one way to search."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils import timezone

from thuisbasis.network.policies import Visitor
from thuisbasis.search.engines import Ask, DatabaseEngine, EngineFailed, Found, breaker, engine_beside
from thuisbasis.search.models import SearchEntry
from thuisbasis.search.registry import facets
from thuisbasis.search.services.asking import ask_for, clean, looser
from thuisbasis.search.services.keeping import is_behind
from thuisbasis.search.services.showing import FacetChoice, Hit, choices, hits

log = logging.getLogger(__name__)

PAGE_SIZE = 10
MAX_PAGES = 100

Selected = Mapping[str, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class SearchResults:
    """A page of hits; `total` counts those that fit the choices, on all pages, to 1,000 (`is_more`: there are more).

    `is_relaxed`: nothing has all words, and these have some. `is_plain`: the search engine is away,
    and the database answered.
    """

    text: str
    hits: list[Hit]
    total: int
    is_more: bool
    facets: list[FacetChoice]
    page: int
    page_count: int
    is_relaxed: bool = False
    is_plain: bool = False


def search(
    *, text: str, visitor: Visitor, selected: Selected | None = None, order: str = "best", page: int = 1
) -> SearchResults:
    """Return what this visitor may see of what the text finds, best first, `PAGE_SIZE` a page.

    Every word must occur, in any of its forms or synonyms; when nothing has them all, those that have
    some are shown. `selected` maps facets to the values of which one is wanted; unknown facets are
    ignored. `order` is "best" or "newest". `page` counts from 1 and is cut to what exists. A text
    without any searchable word finds nothing.
    """
    text = clean(text)
    known = _known(selected or {})
    ask = ask_for(text, visitor)
    if not ask.variants:
        return SearchResults(text=text, hits=[], total=0, is_more=False, facets=[], page=1, page_count=0)
    page = max(1, min(page, MAX_PAGES))
    ask = replace(
        ask, selected=known, facets=tuple(facets()), order=order, start=(page - 1) * PAGE_SIZE, size=PAGE_SIZE
    )
    found, is_plain = _with_page(ask)
    is_relaxed = False
    for ask_instead in looser(ask, text):
        if found.total or any(found.counts.values()):
            break
        ask, is_relaxed = ask_instead, True
        found, is_plain = _with_page(ask)
    page_count = min(-(-found.total // PAGE_SIZE), MAX_PAGES)
    return SearchResults(
        text=text,
        hits=hits(found.keys, ask=ask),
        total=found.total,
        is_more=found.is_more,
        facets=choices(found.counts, known),
        page=max(1, min(page, page_count)),
        page_count=page_count,
        is_relaxed=is_relaxed,
        is_plain=is_plain,
    )


def keys_found(*, text: str, visitor: Visitor, kind: str, most: int = 200) -> list[int]:
    """Return the keys of what the text finds of one kind, best first, for a list that narrows itself by a text."""
    ask = ask_for(clean(text), visitor)
    if not ask.variants:
        return []
    found, _is_plain = answer(replace(ask, selected={"kind": frozenset({kind})}, size=most))
    sources = dict(SearchEntry.objects.visible_to(visitor).filter(pk__in=found.keys).values_list("pk", "source_pk"))
    return [sources[key] for key in found.keys if key in sources]


def resembling(*, text: str, visitor: Visitor, kind: str = "", most: int = PAGE_SIZE) -> list[Hit]:
    """Return what has some of the words, what has most of them and the rarest first; of one kind, if any is named."""
    ask = ask_for(clean(text), visitor)
    if not ask.variants:
        return []
    selected = {"kind": frozenset({kind})} if kind else {}
    ask = replace(ask, is_any=True, selected=selected, size=most)
    return hits(answer(ask)[0].keys, ask=ask)


def finds_something(*, text: str, visitor: Visitor) -> bool:
    """Say whether this visitor would find anything that has every word."""
    ask = ask_for(clean(text), visitor)
    return bool(ask.variants) and answer(replace(ask, size=0))[0].total > 0


def answer(ask: Ask) -> tuple[Found, bool]:
    """Return what the engine finds, or else the database, and whether it was the database for want of the engine."""
    engine = engine_beside()
    if engine is None:
        return DatabaseEngine().find(ask), False
    if not breaker.is_open and not is_behind(now=timezone.now()):
        try:
            return engine.find(ask), False
        except EngineFailed as failure:
            breaker.failed()
            log.warning("The search engine failed: %s", failure)
    return DatabaseEngine().find(ask), True


def _known(selected: Selected) -> Selected:
    """Keep the values that mean something, so that an old address still finds."""
    labels = {name: facet.labels(sorted(selected[name])) for name, facet in facets().items() if selected.get(name)}
    return {name: frozenset(values) for name, values in labels.items() if values}


def _with_page(ask: Ask) -> tuple[Found, bool]:
    """Ask, and once more for the last page when the page asked for is beyond it."""
    found, is_plain = answer(ask)
    if found.total and ask.start >= found.total:
        last = (found.total - 1) // PAGE_SIZE * PAGE_SIZE
        found, is_plain = answer(replace(ask, start=last))
    return found, is_plain
