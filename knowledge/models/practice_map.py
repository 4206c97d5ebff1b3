"""The map of the directory, drawn from the same practices as the list."""

from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thuisbasis.base.components import Dot, PlaceMap
from thuisbasis.network.models import Province
from thuisbasis.network.places import map_position, province_outlines


def map_of(practices: Any, directory: Any) -> PlaceMap:
    """Return a map with a dot for each place where one of these practices is (one query)."""
    outlines = province_outlines()
    located = practices.exclude(latitude=None).order_by("municipality", "latitude", "longitude", "name")
    rows = located.values("municipality", "latitude", "longitude", "name", "slug", "in_network").distinct()
    names = dict(Province.choices)
    base = directory.url
    dots = []
    for (place, latitude, longitude), group in groupby(
        rows, key=lambda row: (row["municipality"], row["latitude"], row["longitude"])
    ):
        position = map_position(latitude, longitude)
        if position is not None:
            dots.append(_dot(place, list(group), position, base))
    return PlaceMap(
        width=outlines["width"],
        height=outlines["height"],
        outlines=[(str(names[code]), path) for code, path in outlines["provinces"].items()],
        dots=dots,
        label=_("Kaart met praktijken. Dezelfde praktijken staan in de lijst."),
        source=_("Een rondje is een lid van het netwerk, een vierkant een bevriende praktijk.")
        + " "
        + _("Kaart: Victor Cazanave (svg-maps, CC BY 4.0). Plaatsen: GeoNames (CC BY 4.0)."),
    )


def _dot(place: str, rows: list[dict[str, Any]], position: tuple[int, int], base: str) -> Dot:
    only = rows[0] if len(rows) == 1 else None
    count = ngettext("%(count)d praktijk", "%(count)d praktijken", len(rows)) % {"count": len(rows)}
    return Dot(
        x=position[0],
        y=position[1],
        label=f"{place}: {only['name'] if only else count}",
        url=f"{base}{only['slug']}/" if only else f"{base}?{urlencode({'gemeente': place})}",
        count=len(rows),
        is_square=not any(row["in_network"] for row in rows),
    )
