"""The agenda: every date that a visitor may see, as a list or by month."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models.event import EventKind, Whereabouts
from events.models.occurrence import Occurrence
from events.models.showing import entries_of, weeks_of
from knowledge.models.listing import address_query
from knowledge.models.section import SectionPage
from knowledge.querysets import page_number
from thuisbasis.base.components import FilterForm, FilterLink, FilterLinks, Pagination, Select
from thuisbasis.network.models import Practice, Theme

PAGE_SIZE = 20
# In a month view nobody reads more; the list has them all.
MOST_IN_A_MONTH = 200
FIRST_YEAR, LAST_YEAR = 2000, 2100


def month_asked(raw: str, today: date) -> date:
    """Return the first day of the month in an address such as "2021-03"; this month for anything else."""
    year, _dash, month = raw.partition("-")
    if not (len(raw) == 7 and raw.isascii() and year.isdigit() and month.isdigit()):
        return today.replace(day=1)
    if not (FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(month) <= 12):
        return today.replace(day=1)
    return date(int(year), int(month), 1)


@dataclass(frozen=True, kw_only=True)
class MonthLink:
    """The way to another month."""

    month: date
    query: dict[str, str]

    @property
    def url(self) -> str:
        """Return its address, relative to the agenda."""
        return FilterLink(label="", query=self.query, is_selected=False).url


class EventIndexPage(SectionPage):
    """The agenda of the network."""

    parent_page_types = ["knowledge.HomePage"]
    subpage_types = ["events.EventPage"]

    class Meta:
        verbose_name = gettext_lazy("agenda")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the list or the month that the address asks for."""
        context = super().get_context(request, *args, **kwargs)
        asked = {name: request.GET.get(name, "")[:80] for name in ("q", "soort", "waar", "thema", "praktijk")}
        found = self._found(asked, request)
        view = request.GET.get("toon", "")
        shown = self._month(found, request) if view == "maand" else self._list(found, request, is_past=view == "eerder")
        return {**context, "views": self._views(request, view), "filter_form": self._filter_form(asked), **shown}

    def _found(self, asked: dict[str, str], request: HttpRequest) -> Any:
        visitor = request.visitor
        found = Occurrence.objects.visible_to(visitor).select_related("event__locale", "recap", "talk_show")
        for word in asked["q"].split():
            found = found.filter(event__title__icontains=word) | found.filter(place__icontains=word)
        if asked["soort"]:
            found = found.filter(event__event_kind=asked["soort"])
        if asked["waar"]:
            found = found.filter(event__whereabouts__in=[asked["waar"], Whereabouts.BOTH])
        if asked["thema"]:
            found = found.filter(event__themes__slug=asked["thema"], event__themes__locale__language_code="nl")
        if asked["praktijk"]:
            found = found.filter(event__practice__slug=asked["praktijk"])
        return found

    def _list(self, found: Any, request: HttpRequest, *, is_past: bool) -> dict[str, Any]:
        now, visitor = timezone.now(), request.visitor
        counted = found.with_seats()
        rows = counted.over(now) if is_past else counted.upcoming(now)
        page = Paginator(rows, PAGE_SIZE).get_page(page_number(request.GET.get("pagina")))
        return {
            "entries": entries_of(page.object_list, visitor, request),
            "total": page.paginator.count,
            "is_past": is_past,
            "pagination": Pagination.of(page, address_query(request)),
        }

    def _month(self, found: Any, request: HttpRequest) -> dict[str, Any]:
        visitor = request.visitor
        month = month_asked(request.GET.get("maand", ""), timezone.localdate())
        following = (month + timedelta(days=31)).replace(day=1)
        rows = found.with_seats().between(month, following - timedelta(days=1))[:MOST_IN_A_MONTH]
        entries = entries_of(rows, visitor, request)
        others = address_query(request, without="maand")
        return {
            "month": month,
            "weeks": weeks_of(month, entries),
            "entries": entries,
            "total": len(entries),
            **{
                name: day and MonthLink(month=day, query={**others, "maand": f"{day:%Y-%m}"})
                for name, day in self._neighbours(found, month, following).items()
            },
        }

    def _neighbours(self, found: Any, month: date, following: date) -> dict[str, date | None]:
        """Return the nearest months with something in them: nobody leafs through empty ones, nor do crawlers."""
        earlier = found.between(date(FIRST_YEAR, 1, 1), month - timedelta(days=1)).last()
        later = found.between(following, date(LAST_YEAR, 12, 31)).first()
        return {
            name: row and timezone.localdate(row.starts_at).replace(day=1)
            for name, row in (("earlier", earlier), ("later", later))
        }

    def _views(self, request: HttpRequest, chosen: str) -> FilterLinks:
        others = {name: value for name, value in address_query(request, without="toon").items() if name != "maand"}
        links = [
            FilterLink(label=label, query={**others, "toon": name}, is_selected=chosen == name)
            for name, label in (("", _("Wat komt")), ("maand", _("Per maand")), ("eerder", _("Wat was")))
        ]
        return FilterLinks(label=_("Toon"), links=links)

    def _filter_form(self, asked: dict[str, str]) -> FilterForm:
        themes = Theme.objects.filter(locale__language_code="nl").values_list("slug", "name")
        organising = Occurrence.objects.filter(event__live=True, event__audience="public")
        practices = Practice.objects.shown().filter(pk__in=organising.values("event__practice")).order_by("name")
        options: list[tuple[str, Any, Any]] = [
            ("soort", _("Soort"), EventKind.choices),
            ("waar", _("Waar"), Whereabouts.choices[:2]),
            ("thema", _("Thema"), themes),
            ("praktijk", _("Van welke praktijk"), practices.values_list("slug", "name")),
        ]
        return FilterForm(
            action=self.url,
            text_name="q",
            text_label=_("Zoek in de agenda"),
            text=asked["q"],
            selects=[
                Select(name=name, label=label, chosen=asked[name], options=[(str(v), str(t)) for v, t in choices])
                for name, label, choices in options
            ],
            button=_("Zoek"),
        )
