"""Use cases of the library."""

from .care import adopt_documents, purge_documents, release_documents, remind_of_reviews
from .downloads import downloads_of, note_download
from .reviewing import answer_review, ask_review, place_comment
from .sharing import (
    AudienceGetsWider,
    DocumentIsOnHold,
    accept_traces,
    add_draft,
    change_document,
    drop_draft,
    settle_version,
    share_documents,
    withdraw_document,
)
from .versions import VersionIsUnknown, add_version, restore_version

__all__ = [
    "AudienceGetsWider",
    "DocumentIsOnHold",
    "VersionIsUnknown",
    "accept_traces",
    "add_draft",
    "add_version",
    "adopt_documents",
    "answer_review",
    "ask_review",
    "change_document",
    "downloads_of",
    "drop_draft",
    "note_download",
    "place_comment",
    "purge_documents",
    "release_documents",
    "remind_of_reviews",
    "restore_version",
    "settle_version",
    "share_documents",
    "withdraw_document",
]
