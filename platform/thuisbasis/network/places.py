"""Where places are on earth and on our map of the Netherlands; no map service is asked."""

import csv
import json
import math
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def locate(place: str, country: str) -> tuple[float, float] | None:
    """Return the latitude and longitude of a Dutch or larger Belgian place, or None when unknown."""
    return _places().get((country, place.strip().casefold()))


def map_position(latitude: float, longitude: float) -> tuple[int, int] | None:
    """Return where a point lies on the map of `province_outlines`, or None when it is off the map.

    The map is a Mercator projection; the numbers were fitted on the bounds of seven inland
    provinces, within two units.
    """
    mercator = math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))
    x, y = 158.873 * longitude - 533.63, 10036.2 - 157.62 * mercator
    outlines = province_outlines()
    if not (0 <= x <= outlines["width"] and 0 <= y <= outlines["height"]):
        return None
    return round(x), round(y)


@cache
def province_outlines() -> dict:
    """Return the map: its `width` and `height`, and the SVG path of each province by its code."""
    return dict(json.loads((DATA / "provinces.json").read_text(encoding="utf-8")))


@cache
def _places() -> dict[tuple[str, str], tuple[float, float]]:
    lines = (line for line in (DATA / "places.csv").read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    rows = csv.reader(lines, delimiter=";")
    return {(country, name.casefold()): (float(lat), float(lon)) for country, name, lat, lon in rows}
