"""What was looked for and not found, so that editors can do something about it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django_tasks import task

from thuisbasis.network.policies import ANONYMOUS
from thuisbasis.network.traces import find_traces
from thuisbasis.search.models import SearchMiss
from thuisbasis.search.services.asking import clean, reading_language
from thuisbasis.search.services.querying import finds_something

LONGEST = 80
KEPT_MONTHS = 12
# A text that was looked for once may be anybody's name, and is nobody's need.
LEAST_TIMES = 2
MOST_A_MONTH = 5000


@transaction.atomic
def note_miss(*, text: str, today: date) -> bool:
    """Count a text that finds nothing public, and say whether it was counted; who asked is not kept.

    What looks like data about a person is never kept, and neither is what does find something: whoever
    calls need not be believed.
    """
    text = clean(text).lower()[:LONGEST]
    if not text or "@" in text or find_traces(text) or finds_something(text=text, visitor=ANONYMOUS):
        return False
    key: dict[str, Any] = {"text": text, "language": reading_language(), "month_date": today.replace(day=1)}
    if SearchMiss.objects.filter(**key).update(count=F("count") + 1):
        return True
    if SearchMiss.objects.filter(month_date=key["month_date"]).count() >= MOST_A_MONTH:
        return False
    SearchMiss.objects.get_or_create(**key)
    return True


def frequent_misses() -> list[Any]:
    """Return what was looked for in vain at least `LEAST_TIMES`, most often first: text, language and times."""
    rows = SearchMiss.objects.order_by().values("text", "language").annotate(times=Sum("count"))
    return list(rows.filter(times__gte=LEAST_TIMES).order_by("-times", "text")[:200])


@task()
def forget_old_misses() -> int:
    """Remove what was looked for more than `KEPT_MONTHS` ago, and return how many."""
    first = timezone.localdate().replace(day=1)
    oldest = first.replace(year=first.year - KEPT_MONTHS // 12)
    return SearchMiss.objects.filter(month_date__lt=oldest).delete()[0]
