"""Hears of every change in the database that a public page may show."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.signals import post_page_move

from thuisbasis.page_store.registry import is_private
from thuisbasis.page_store.services import begin_anew_on_commit

# What saving a draft writes on the page itself; readers see none of it.
DRAFT_FIELDS = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "wagtail_admin_comments",
    }
)


def connect() -> None:
    """Listen to all models: what is private is left out, what nobody thought of is not."""
    for signal in (post_save, post_delete, m2m_changed):
        signal.connect(_something_changed, dispatch_uid="page_store")
    # Moving writes its paths without saving.
    post_page_move.connect(_a_page_moved, dispatch_uid="page_store")


def _something_changed(
    sender: type[Model], update_fields: Iterable[str] | None = None, action: str = "", **kwargs: Any
) -> None:
    is_draft = bool(update_fields) and DRAFT_FIELDS.issuperset(update_fields or ())
    if not is_draft and not action.startswith("pre_") and not is_private(sender):
        begin_anew_on_commit()


def _a_page_moved(**kwargs: Any) -> None:
    begin_anew_on_commit()
