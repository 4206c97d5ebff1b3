"""What Wagtail and our editors' tables hold about people, for the register of personal data."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from thuisbasis.accounts.registry import Erasure, PersonalData, declare_personal

Owners = dict[str, dict[str, tuple[str, ...]]]

# Work that stays when its maker is erased: it then points to "somebody who left".
KEPT: Owners = {
    "wagtailcore.Page": {"owner": ("title",), "locked_by": ("title",)},
    "knowledge.KnowledgePage": {"content_owner": ("title",)},
    "wagtailcore.Revision": {"user": ("created_at", "object_str")},
    "wagtailcore.PageLogEntry": {"user": ("timestamp", "action", "label")},
    "wagtailcore.ModelLogEntry": {"user": ("timestamp", "action", "label")},
    "wagtailcore.WorkflowState": {"requested_by": ("created_at", "status")},
    "wagtailcore.TaskState": {"finished_by": ("finished_at", "status", "comment")},
    "wagtailcore.Comment": {"user": ("text", "created_at"), "resolved_by": ("resolved_at",)},
    "wagtailcore.CommentReply": {"user": ("text", "created_at")},
    "base.SiteImage": {"uploaded_by_user": ("title", "created_at")},
    "files.SiteDocument": {"uploaded_by_user": ("title", "created_at")},
    "wagtail_localize.StringTranslation": {"last_translated_by": ("data", "created_at")},
    "wagtail_localize.SegmentOverride": {"last_translated_by": ("created_at",)},
}
# What only serves the person, and goes with him or her.
DELETED: Owners = {
    "wagtailusers.UserProfile": {"user": ("preferred_language", "current_time_zone")},
    "wagtailadmin.EditingSession": {"user": ("last_seen_at",)},
    "wagtailadmin.FormState": {"user": ("pk",)},
    "wagtailcore.APIToken": {"user": ("pk",)},
    "wagtailcore.UploadedFile": {"uploaded_by_user": ("pk",)},
    "wagtailcore.PageSubscription": {"user": ("page__title",)},
}


def declare() -> None:
    """Put the editors' tables in the register."""
    groups: tuple[tuple[Owners, Erasure, Any], ...] = (
        (KEPT, Erasure.KEEP, _("Zolang het werk op de site staat; zonder naam zodra je bent gewist.")),
        (DELETED, Erasure.DELETE, _("Zolang je account bestaat.")),
    )
    for models, erasure, term in groups:
        declare_personal(
            PersonalData(
                model=model,
                owner=owner,
                fields=fields,
                purpose=_("Om te weten wie wat maakte of wijzigde op de site."),
                term=term,
                erasure=erasure,
            )
            for model, owners in models.items()
            for owner, fields in owners.items()
        )
