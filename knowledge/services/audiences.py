"""Keeps a page, its translations and its aliases open to the same people, or to nobody."""

from typing import Any

from django.db.models import Q
from wagtail.models import Locale, Page

from knowledge.models import KnowledgePage
from thuisbasis.search.services import index

SHARED = ("audience", "practice_id", "working_group_id")


def source_of(page: KnowledgePage) -> Any:
    """Return the page that decides for this one: what it is an alias of, or what it translates; None for itself."""
    if page.alias_of_id:
        return KnowledgePage.objects.filter(pk=page.alias_of_id).first()
    if page.locale_id == Locale.get_default().pk:
        return None
    originals = KnowledgePage.objects.filter(translation_key=page.translation_key, locale=Locale.get_default())
    return originals.exclude(pk=page.pk).first()


def follow_source(*, page: KnowledgePage) -> None:
    """Give a translation or alias, before it is saved, the audience of what it comes from."""
    source = source_of(page)
    if source is not None:
        for name in SHARED:
            setattr(page, name, getattr(source, name))


def withdraw_translations(*, page: Page) -> None:
    """Unpublish every translation of a page that was taken away: what nobody may read, nobody may read in French."""
    if page.locale_id == Locale.get_default().pk and page.alias_of_id is None:
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
