"""Keeps search in step with what is published, moved and removed."""

from typing import Any

from django.db.models.signals import post_save, pre_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from knowledge.models import FrameworkElement, KnowledgePage
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
    index(instance=instance.specific)


def _page_unpublished(instance: Page, **kwargs: Any) -> None:
    # Also sent while a page is deleted, when its row still says that it is live.
    forget(instance=instance.specific)


def _branch_moved(instance: Page, **kwargs: Any) -> None:
    """Give everything under a moved page its new address."""
    for page in KnowledgePage.objects.descendant_of(instance, inclusive=True).specific().iterator():
        index(instance=page)


def _row_changed(instance: Any, **kwargs: Any) -> None:
    index(instance=instance)


def _row_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    if issubclass(sender, KnowledgePage | Practice | FrameworkElement):
        forget(instance=instance)
