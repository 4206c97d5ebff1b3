"""A Monday on which digests go out, later than anything that the demo made."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_IN_TWO_WEEKS = datetime.now(AMSTERDAM).replace(hour=7, minute=0, second=0, microsecond=0) + timedelta(days=14)
MONDAY = _IN_TWO_WEEKS + timedelta(days=7 - _IN_TWO_WEEKS.weekday())
