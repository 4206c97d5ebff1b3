"""Where places are on earth and on our map of the Netherlands; no map service is asked."""

import csv
import json
import math
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


# What people call places that have another name for their municipality, and what GeoNames lists in another language.
ALSO_CALLED = {"den bosch": "'s-Hertogenbosch", "'s-gravenhage": "Den Haag"}
LISTED_AS = {"antwerpen": "antwerp", "luik": "liège", "namen": "namur"}
EARTH_RADIUS_KM = 6371


def locate(place: str, country: str) -> tuple[float, float] | None:
    """Return the latitude and longitude of a Dutch or larger Belgian place, or None when unknown."""
    name = known_as(place).casefold()
    return _places().get((country, LISTED_AS.get(name, name)))


def known_as(place: str) -> str:
    """Return a place by the name that its municipality uses."""
    name = place.strip().replace("’", "'")
    return ALSO_CALLED.get(name.casefold(), name)


def distance(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Return the distance in kilometres between two points, as the crow flies (the haversine formula)."""
    (latitude, longitude), (other_latitude, other_longitude) = (map(math.radians, point) for point in (here, there))
    half = math.sin((other_latitude - latitude) / 2) ** 2
    half += math.cos(latitude) * math.cos(other_latitude) * math.sin((other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


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
