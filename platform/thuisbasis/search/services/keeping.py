"""Keeps a search engine beside the database in step with it, also after it was away.

What changes is written down in the same transaction (`Change`), told to the engine as soon as that
is committed, and crossed off once the engine has it. Whatever was missed is told again each minute.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django_tasks import task

from thuisbasis.search.engines import EngineFailed, breaker, engine_beside
from thuisbasis.search.engines.bodies import rules_of
from thuisbasis.search.models import Change, EngineIndex, SearchEntry
from thuisbasis.search.registry import facets

if TYPE_CHECKING:
    from thuisbasis.search.engines.elastic import ElasticEngine

log = logging.getLogger(__name__)

AT_ONCE = 500
# As many changes are told while their maker waits; the worker tells the rest.
MOST_WAITED_FOR = 100
# A build that says nothing for so long has died.
BUILD_IS_DEAD = timedelta(minutes=5)
LATE = timedelta(seconds=5)


class AlreadyBuilding(Exception):
    """Somebody else is building the index at this moment."""


def record(*, keys: list[int]) -> None:
    """Write down that these entries changed or are gone, and tell the engine after the transaction."""
    if not keys or engine_beside() is None:
        return
    _write_down(keys)
    transaction.on_commit(_tell_at_once)


def _write_down(keys: list[int]) -> None:
    Change.objects.bulk_create(Change(entry_pk=key) for key in keys)
    newest = Change.objects.filter(entry_pk=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    SearchEntry.objects.filter(pk__in=keys).update(version=Subquery(newest))


def is_behind(*, now: datetime) -> bool:
    """Say whether the engine has yet to hear of something that changed more than `LATE` ago."""
    return Change.objects.filter(created_at__lt=now - LATE).exists()


def _tell_at_once() -> None:
    engine = engine_beside()
    if engine is None or breaker.is_open or Change.objects.count() > MOST_WAITED_FOR:
        return
    try:
        tell(engine, is_urgent=True)
    except EngineFailed as failure:
        breaker.failed()
        log.warning("The search engine missed a change: %s", failure)


def tell(engine: "ElasticEngine", *, is_urgent: bool = False) -> int:
    """Tell the engine what it has yet to hear, and return how many changes that were; raises EngineFailed."""
    told = 0
    while changes := list(Change.objects.order_by("pk")[:AT_ONCE]):
        indexes = list(EngineIndex.objects.values_list("name", flat=True))
        if not indexes:
            return told
        versions = {change.entry_pk: change.pk for change in changes}
        entries = list(SearchEntry.objects.filter(pk__in=versions).prefetch_related("facets"))
        gone = {key: versions[key] for key in versions.keys() - {entry.pk for entry in entries}}
        engine.put(indexes, entries, is_urgent=is_urgent)
        engine.remove(indexes, gone, is_urgent=is_urgent)
        Change.objects.filter(pk__in=[change.pk for change in changes]).delete()
        told += len(changes)
    return told


def build(*, engine: "ElasticEngine", progress: Callable[[int, int], None] = lambda _done, _total: None) -> str:
    """Build a new index beside the live one, let it take over, and return its name.

    Readers keep the old one until the new one is complete; what changes meanwhile is told to both.
    Raises AlreadyBuilding and EngineFailed.
    """
    building = _begin(engine)
    try:
        _fill(engine, building, progress)
        engine.go_live(building.name)
    except EngineFailed:
        building.delete()
        raise
    with transaction.atomic():
        old = list(EngineIndex.objects.filter(is_live=True).values_list("name", flat=True))
        EngineIndex.objects.filter(name__in=old).delete()
        EngineIndex.objects.filter(pk=building.pk).update(is_live=True)
    for name in old:
        engine.drop(name)
    return building.name


def _begin(engine: "ElasticEngine") -> EngineIndex:
    now = timezone.now()
    EngineIndex.objects.filter(is_live=False, heard_at__lt=now - BUILD_IS_DEAD).delete()
    if EngineIndex.objects.filter(is_live=False).exists():
        raise AlreadyBuilding
    known = set(EngineIndex.objects.values_list("name", flat=True))
    for left_over in engine.indexes() - known:
        engine.drop(left_over)
    name = f"{engine.alias}-{now:%Y%m%d%H%M%S%f}"
    engine.create(name, tuple(facets()))
    return EngineIndex.objects.create(
        name=name, rules=rules_of(tuple(facets())), total=SearchEntry.objects.count(), heard_at=now
    )


def _fill(engine: "ElasticEngine", building: EngineIndex, progress: Callable[[int, int], None]) -> None:
    after = 0
    while entries := list(SearchEntry.objects.filter(pk__gt=after).order_by("pk").prefetch_related("facets")[:AT_ONCE]):
        engine.put([building.name], entries, is_urgent=False)
        after = entries[-1].pk
        building.done += len(entries)
        building.heard_at = timezone.now()
        building.save(update_fields=["done", "heard_at"])
        progress(building.done, building.total)


def compare(*, engine: "ElasticEngine") -> int:
    """Tell the engine again what it has in another version, and return how much that was; raises EngineFailed."""
    wrong: list[int] = []
    ours = dict(SearchEntry.objects.values_list("pk", "version"))
    for piece in engine.versions():
        wrong += [key for key, version in piece.items() if ours.pop(key, None) != version]
    wrong += ours
    for start in range(0, len(wrong), AT_ONCE):
        with transaction.atomic():
            _write_down(wrong[start : start + AT_ONCE])
    tell(engine)
    return len(wrong)


@task()
def keep_in_step() -> str:
    """Each minute: make sure there is an index of these rules, tell what was missed, repair what differs."""
    engine = engine_beside()
    if engine is None:
        return "no engine"
    try:
        return _repair(engine)
    except EngineFailed as failure:
        log.warning("The search engine is away: %s", failure)
        return "away"
    except AlreadyBuilding:
        return "building"


def _repair(engine: "ElasticEngine") -> str:
    live = EngineIndex.objects.filter(is_live=True).first()
    if live is None or live.rules != rules_of(tuple(facets())) or not engine.is_live(live.name):
        build(engine=engine)
        breaker.answered()
        return "built"
    told = tell(engine)
    repaired = compare(engine=engine) if engine.count() != SearchEntry.objects.count() else 0
    breaker.answered()
    return f"told {told}, repaired {repaired}"


@task()
def compare_all() -> int:
    """Each night: compare every version, for differences that do not show in the count."""
    engine = engine_beside()
    try:
        return compare(engine=engine) if engine else 0
    except EngineFailed:
        return 0
