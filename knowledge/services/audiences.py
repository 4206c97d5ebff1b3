"""Keeps a page, its translations and its aliases open to the same people, or to nobody."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from knowledge.models import KnowledgePage
from thuisbasis.base.models import is_original
from thuisbasis.search.services import index

SHARED = ("audience", "practice_id", "working_group_id")


def writes_audience(update_fields: Iterable[str] | None) -> bool:
    """Say whether a save that writes these fields, or all of them, may change for whom a page is."""
    return update_fields is None or not {name.removesuffix("_id") for name in SHARED}.isdisjoint(update_fields)


def source_of(page: KnowledgePage) -> Any:
    """Return the page that decides for this one: what it is an alias of, or what it translates; None for itself."""
    if page.alias_of_id:
        return KnowledgePage.objects.filter(pk=page.alias_of_id).first()
    if is_original(page):
        return None
    originals = KnowledgePage.originals().filter(translation_key=page.translation_key)
    return originals.exclude(pk=page.pk).first()


def follow_source(*, page: KnowledgePage) -> None:
    """Give a translation or alias, before it is saved, the audience of what it comes from."""
    source = source_of(page)
    if source is not None:
        for name in SHARED:
            setattr(page, name, getattr(source, name))


def withdraw_translations(*, page: Page) -> None:
    """Unpublish every translation of a page that was taken away: what nobody may read, nobody may read in French."""
    if is_original(page) and page.alias_of_id is None:
        others = Page.objects.filter(translation_key=page.translation_key, alias_of=None).live().exclude(pk=page.pk)
        for other in others.specific():
            other.unpublish()


def share_audience(*, page: KnowledgePage) -> None:
    """Give every translation and alias the audience of this page, and search too, in the same transaction."""
    relatives = KnowledgePage.objects.filter(
        Q(translation_key=page.translation_key)
        | Q(alias_of=page.pk)
        | Q(alias_of__translation_key=page.translation_key)
    )
    shared = {name: getattr(page, name) for name in SHARED}
    different = [
        relative for relative in relatives.exclude(pk=page.pk) if {n: getattr(relative, n) for n in SHARED} != shared
    ]
    KnowledgePage.objects.filter(pk__in=[relative.pk for relative in different]).update(**shared)
    for relative in different:
        if relative.live:
            index(instance=KnowledgePage.objects.get(pk=relative.pk).specific)
