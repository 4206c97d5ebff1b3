"""The facets that follow from every entry by itself: what kind of thing, in which language, of which year."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from thuisbasis.search.registry import Facet, Findable, declare_facet, kind_labels


def declare() -> None:
    """Declare them, before those of the content."""
    declare_facet(Facet(name="kind", parameter="soort", label=_("Soort"), labels=_kinds))
    declare_facet(Facet(name="language", parameter="taal", label=_("Taal"), labels=_languages))
    declare_facet(Facet(name="year", parameter="jaar", label=_("Jaar"), labels=_years))


def all_facets(findable: Findable) -> set[tuple[str, str]]:
    """Return the facets of something findable, with those that follow by themselves."""
    found = {("kind", findable.kind), ("language", findable.language), *findable.facets}
    if findable.published_at:
        found.add(("year", str(findable.published_at.year)))
    return {(facet, value) for facet, value in found if value}


def _kinds(values: list[str]) -> dict[str, str]:
    return {kind: str(label) for kind, label in kind_labels().items() if kind in values}


def _languages(values: list[str]) -> dict[str, str]:
    return {code: str(name) for code, name in settings.LANGUAGES if code in values}


def _years(values: list[str]) -> dict[str, str]:
    return {year: year for year in sorted(values, reverse=True) if year.isdecimal()}
