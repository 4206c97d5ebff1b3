"""Keeps the search table in step with the content."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from thuisbasis.search.models import SearchEntry
from thuisbasis.search.registry import declaration_for, declarations


@transaction.atomic
def index(*, instance: models.Model) -> None:
    """Make this object findable as it is now, or forget it when it describes itself as None."""
    declaration = declaration_for(instance)
    if declaration is None:
        return
    findable = declaration.describe(instance)
    if findable is None:
        forget(instance=instance)
        return
    SearchEntry.objects.update_or_create(**_source(instance, declaration.model), defaults=asdict(findable))


@transaction.atomic
def forget(*, instance: models.Model) -> None:
    """Remove every trace of this object from search."""
    declaration = declaration_for(instance)
    if declaration is None:
        return
    for entry in SearchEntry.objects.filter(**_source(instance, declaration.model)):
        entry.delete()


def rebuild(*, progress: Callable[[int], None] = lambda _done: None) -> int:
    """Index everything that is declared, drop what is gone, and return the number of entries.

    `progress` is called with the number done so far. Safe to run while the site is in use.
    """
    done = 0
    for declaration in declarations():
        seen = set()
        for instance in declaration.rows():
            index(instance=instance)
            seen.add(instance.pk)
            done += 1
            progress(done)
        content_type = ContentType.objects.get_for_model(declaration.model)
        stale = SearchEntry.objects.filter(content_type=content_type).exclude(source_pk__in=seen)
        for entry in stale:
            entry.delete()
    return SearchEntry.objects.count()


def _source(instance: models.Model, model: type[models.Model]) -> dict[str, Any]:
    return {
        "content_type": ContentType.objects.get_for_model(model),
        "source_pk": instance.pk,
    }
