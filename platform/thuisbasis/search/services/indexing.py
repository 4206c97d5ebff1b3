"""Keeps the search table in step with the content."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from thuisbasis.search.analysis import text_tokens
from thuisbasis.search.facets import all_facets
from thuisbasis.search.models import EntryCue, EntryFacet, SearchEntry
from thuisbasis.search.registry import Declaration, Findable, declaration_for, declarations
from thuisbasis.search.services.keeping import record

AT_ONCE = 200
FOR_WHOM = ("audience", "practice_id", "working_group_id")
SHOWN = ("kind", "language", "name", "summary", "text", "url", "published_at", "weight", "keywords", *FOR_WHOM)
TOKENS = ("title_tokens", "summary_tokens", "text_tokens", "part_tokens", "name_words")


@transaction.atomic
def index(*, instance: models.Model) -> None:
    """Make this object findable as it is now, or forget it when it describes itself as None."""
    declaration = declaration_for(instance)
    if declaration is not None:
        _store(declaration, [instance])


@transaction.atomic
def forget(*, instance: models.Model) -> None:
    """Remove every trace of this object from search."""
    declaration = declaration_for(instance)
    if declaration is not None:
        _remove(_entries_of(declaration.model).filter(source_pk=instance.pk))


def rebuild(*, progress: Callable[[int], None] = lambda _done: None) -> int:
    """Index everything that is declared, drop what is gone, and return the number of entries.

    `progress` is called with the number done so far. Safe to run while the site is in use: each piece is
    described and stored in one transaction, and what did not change is not written.
    """
    done = 0
    for declaration in declarations():
        seen: set[int] = set()
        rows = iter(declaration.rows())
        while piece := list(islice(rows, AT_ONCE)):
            with transaction.atomic():
                _store(declaration, piece)
            seen.update(row.pk for row in piece)
            done += len(piece)
            progress(done)
        gone = [key for key in _entries_of(declaration.model).values_list("source_pk", flat=True) if key not in seen]
        for start in range(0, len(gone), AT_ONCE):
            with transaction.atomic():
                _remove(_entries_of(declaration.model).filter(source_pk__in=gone[start : start + AT_ONCE]))
    return SearchEntry.objects.count()


def _entries_of(model: type[models.Model]) -> Any:
    return SearchEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))


def _store(declaration: Declaration, instances: Iterable[Any]) -> None:
    described = {instance.pk: declaration.describe(instance) for instance in instances}
    findables = {key: findable for key, findable in described.items() if findable is not None}
    entries = _entries_of(declaration.model).filter(source_pk__in=described)
    # Few things speak: what is spoken is read along only where something is.
    along = ["facets", "cues"] if any(findable.spoken for findable in findables.values()) else ["facets"]
    spoke = Exists(EntryCue.objects.filter(entry=OuterRef("pk")))
    known = {entry.source_pk: entry for entry in entries.annotate(spoke=spoke).prefetch_related(*along)}
    if set(known) - set(findables):
        _remove(entries.exclude(source_pk__in=findables))
    content_type = ContentType.objects.get_for_model(declaration.model)
    fresh = {key: SearchEntry(content_type=content_type, source_pk=key) for key in findables if key not in known}
    changed = [key for key, findable in findables.items() if _is_changed(known.get(key) or fresh[key], findable)]
    SearchEntry.objects.bulk_create(fresh.values())
    SearchEntry.objects.bulk_update(
        [known[key] for key in changed if key in known], [*_columns(), "appeared_at"], batch_size=AT_ONCE
    )
    written = {(known.get(key) or fresh[key]): findables[key] for key in changed}
    _store_beside(written)
    record(keys=[entry.pk for entry in written])


def _columns() -> list[str]:
    return [*(name.removesuffix("_id") for name in SHOWN), *TOKENS]


def _is_changed(entry: Any, findable: Findable) -> bool:
    """Fill the entry, also by rules that are newer than it is, and say whether anything is not what it was."""
    before = [getattr(entry, name) for name in (*SHOWN, *TOKENS)] if entry.pk else []
    _fill(entry, findable)
    if before != [getattr(entry, name) for name in (*SHOWN, *TOKENS)]:
        return True
    spoken = [(cue.start, cue.voice, cue.text) for cue in entry.cues.all()] if findable.spoken else []
    if entry.spoke != bool(findable.spoken) or spoken != [(cue.start, cue.voice, cue.text) for cue in findable.spoken]:
        return True
    return {(row.facet, row.value) for row in entry.facets.all()} != all_facets(findable)


def _fill(entry: SearchEntry, findable: Findable) -> None:
    if entry.pk and any(getattr(entry, name) != getattr(findable, name) for name in FOR_WHOM):
        # For whoever may see it from now on it is new.
        entry.appeared_at = timezone.now()
    for name in SHOWN:
        setattr(entry, name, getattr(findable, name))
    entry.with_tokens()


def _store_beside(written: dict[SearchEntry, Findable]) -> None:
    """Replace the facets and the spoken moments of these entries."""
    EntryFacet.objects.filter(entry__in=written).delete()
    EntryCue.objects.filter(entry__in=written).delete()
    EntryFacet.objects.bulk_create(
        EntryFacet(entry=entry, facet=facet, value=value)
        for entry, findable in written.items()
        for facet, value in sorted(all_facets(findable))
    )
    EntryCue.objects.bulk_create(
        EntryCue(
            entry=entry,
            start=cue.start,
            voice=cue.voice,
            text=cue.text,
            tokens=f" {text_tokens(cue.text, findable.language)} ",
        )
        for entry, findable in written.items()
        for cue in findable.spoken
    )


def _remove(entries: Any) -> None:
    keys = list(entries.values_list("pk", flat=True))
    SearchEntry.objects.filter(pk__in=keys).delete()
    record(keys=keys)
