"""Keeps search in step with what is published, moved and removed."""

from typing import Any

from django.db.models.signals import post_save, pre_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from knowledge.models import FrameworkElement, FrameworkPage, KnowledgePage, PracticeIndexPage
from knowledge.services.searchable import declare
from thuisbasis.network.models import Practice
from thuisbasis.search.services import forget, index


def connect() -> None:
    """Declare what is searchable and listen for changes."""
    declare()
    page_published.connect(_page_changed, dispatch_uid="knowledge-published")
    page_unpublished.connect(_page_unpublished, dispatch_uid="knowledge-unpublished")
    page_slug_changed.connect(_branch_moved, dispatch_uid="knowledge-slug")
    post_page_move.connect(_branch_moved, dispatch_uid="knowledge-moved")
    for model in (Practice, FrameworkElement):
        post_save.connect(_row_changed, sender=model, dispatch_uid=f"knowledge-saved-{model.__name__}")
    pre_delete.connect(_row_deleted, dispatch_uid="knowledge-deleted")


def _page_changed(instance: Page, **kwargs: Any) -> None:
    page = instance.specific
    index(instance=page)
    for row in _rows_shown_on(page):
        index(instance=row)


def _page_unpublished(instance: Page, **kwargs: Any) -> None:
    # Also sent while a page is deleted, when its row still says that it is live.
    page = instance.specific
    forget(instance=page)
    for row in _rows_shown_on(page):
        forget(instance=row)


def _rows_shown_on(page: Any) -> Any:
    """Return what is found at an address on this page, and so shares its audience and its fate."""
    if isinstance(page, FrameworkPage):
        return page.framework.elements.all()
    return Practice.objects.all() if isinstance(page, PracticeIndexPage) else []


def _branch_moved(instance: Page, **kwargs: Any) -> None:
    """Give everything under a moved page its new address."""
    for page in instance.get_descendants(inclusive=True).live().specific().iterator():
        _page_changed(page)


def _row_changed(instance: Any, **kwargs: Any) -> None:
    index(instance=instance)


def _row_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    if issubclass(sender, KnowledgePage | Practice | FrameworkElement):
        forget(instance=instance)
