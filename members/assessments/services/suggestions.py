"""What helps with a low item: something to read, a practice to ask, and the next time to meet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from knowledge.models import KnowledgePage
from knowledge.signals import AgendaAsk, AgendaItem, agenda_items
from members.assessments.models import BuddyOffer, Instrument, ItemTheme
from members.assessments.services.figures import ItemFigure
from thuisbasis.network.models import Practice
from thuisbasis.network.policies import Visitor

MOST_PAGES = 2
MOST_BUDDIES = 3
AHEAD = timedelta(days=183)


@dataclass(frozen=True, kw_only=True)
class Help:
    """What there is for one item; empty lists say that there is nothing yet."""

    item: ItemFigure
    pages: list[KnowledgePage]
    buddies: list[Practice]
    event: AgendaItem | None


def help_for(*, items: Sequence[ItemFigure], instrument: Instrument, visitor: Visitor, today: date) -> list[Help]:
    """Return what helps with each of these items, as far as this visitor may see it; always as many queries."""
    codes = {code for row in items for code in row.item.themes}
    themes = dict(ItemTheme.objects.filter(code__in=codes).values_list("code", "theme__translation_key"))
    pages = _pages_by_theme(set(themes.values()), visitor) if themes else {}
    offers = _offers([row.item.code for row in items], instrument, visitor)
    agenda = (
        agenda_items(AgendaAsk(visitor=visitor, first=today, last=today + AHEAD, with_themes=True)) if items else []
    )
    found = []
    for row in items:
        wanted = [themes[code] for code in row.item.themes if code in themes]
        found.append(
            Help(
                item=row,
                pages=_first(page for theme in wanted for page in pages.get(theme, [])),
                buddies=offers.get(row.item.code, [])[:MOST_BUDDIES],
                event=next((entry for entry in agenda if entry.themes & set(wanted)), None),
            )
        )
    return found


def _pages_by_theme(themes: set[Any], visitor: Visitor) -> dict[Any, list[KnowledgePage]]:
    rows = KnowledgePage.originals().visible_to(visitor).to_read()
    rows = rows.filter(themes__translation_key__in=themes).newest_first().distinct()
    found: dict[Any, list[KnowledgePage]] = {}
    for page in rows.prefetch_related("themes")[:200]:
        for theme in page.themes.all():
            found.setdefault(theme.translation_key, []).append(page)
    return found


def _first(pages: Iterable[KnowledgePage]) -> list[KnowledgePage]:
    return list({page.pk: page for page in pages}.values())[:MOST_PAGES]


def _offers(codes: Sequence[str], instrument: Instrument, visitor: Visitor) -> dict[str, list[Practice]]:
    rows = BuddyOffer.objects.by_others(visitor).filter(instrument=instrument, item_code__in=codes)
    found: dict[str, list[Practice]] = {}
    for row in rows.select_related("practice"):
        found.setdefault(row.item_code, []).append(row.practice)
    return found
