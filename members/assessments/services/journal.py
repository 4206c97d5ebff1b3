"""The log of an assessment: who changed what, from what into what."""

from datetime import datetime
from typing import Any

from members.assessments.models import Assessment, LogEntry


def note(
    *,
    assessment: Assessment,
    actor: Any,
    what: str,
    item_code: str = "",
    old: str = "",
    new: str = "",
    is_blind: bool = False,
    now: datetime,
) -> None:
    """Add a line; `is_blind` keeps a rater's own answers out of everybody else's view of it."""
    LogEntry.objects.create(
        assessment=assessment,
        at=now,
        actor_key=getattr(actor, "pk", None),
        what=what,
        item_code=item_code,
        old=old,
        new=new,
        is_blind=is_blind,
    )


def log_of(*, assessment: Assessment) -> list[LogEntry]:
    """Return what the team may read of it, newest first."""
    return list(LogEntry.objects.filter(assessment=assessment, is_blind=False)[:500])
