"""Components that lead somewhere: breadcrumbs, filters and pages of a list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode

from django.core.paginator import Page

from .core import SiteComponent


@dataclass(frozen=True, kw_only=True)
class Link:
    """A label and where it leads."""

    label: str
    url: str


@dataclass(kw_only=True)
class Breadcrumbs(SiteComponent):
    """The way from the home page to here; the current page is not in it."""

    links: list[Link]

    def structured_data(self, *, site_url: str, current: str) -> dict[str, Any]:
        """Return the way as a schema.org BreadcrumbList that ends with the current page."""
        items: list[dict[str, Any]] = [
            {"@type": "ListItem", "position": number, "name": link.label, "item": f"{site_url}{link.url}"}
            for number, link in enumerate(self.links, start=1)
        ]
        items.append({"@type": "ListItem", "position": len(items) + 1, "name": current})
        return {"@type": "BreadcrumbList", "itemListElement": items}

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        return {"twee niveaus": cls(links=[Link(label="Home", url="#"), Link(label="Thema's", url="#t")])}


@dataclass(frozen=True, kw_only=True)
class FilterLink:
    """One choice of a filter; `query` is what the address holds when it is chosen."""

    label: str
    query: Mapping[str, str | list[str]]
    is_selected: bool
    count: int | None = None

    @property
    def url(self) -> str:
        """Return the address of the choice, relative to the page."""
        return "?" + urlencode({key: value for key, value in self.query.items() if value}, doseq=True)


@dataclass(kw_only=True)
class FilterLinks(SiteComponent):
    """The choices of one filter, as links: they work without JavaScript and can be shared."""

    label: str
    links: list[FilterLink]

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        return {
            "met aantallen": cls(
                label="Soort",
                links=[
                    FilterLink(label="Alles", query={}, is_selected=True, count=31),
                    FilterLink(label="Projecten", query={"soort": "project"}, is_selected=False, count=4),
                ],
            )
        }


@dataclass(kw_only=True)
class Pagination(SiteComponent):
    """Previous and next page of a list; nothing when there is one page."""

    page: int
    page_count: int
    query: Mapping[str, str | list[str]] = field(default_factory=dict)

    computed = ("previous_url", "next_url")

    @classmethod
    def of(cls, page: Page, query: dict[str, str] | None = None) -> Self:
        """Return the way to the neighbours of a page of Django's paginator; empty choices leave the address."""
        chosen = {name: value for name, value in (query or {}).items() if value}
        return cls(page=page.number, page_count=page.paginator.num_pages, query=chosen)

    @property
    def previous_url(self) -> str:
        """Return the address of the previous page, or ""."""
        return self._url(self.page - 1)

    @property
    def next_url(self) -> str:
        """Return the address of the next page, or ""."""
        return self._url(self.page + 1)

    def _url(self, page: int) -> str:
        if not 1 <= page <= self.page_count:
            return ""
        return "?" + urlencode({**self.query, "pagina": page}, doseq=True)

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        return {
            "eerste": cls(page=1, page_count=4),
            "midden": cls(page=2, page_count=4),
            "laatste": cls(page=4, page_count=4),
        }
