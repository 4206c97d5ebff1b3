"""Who took which version, for the practice that shares it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from members.library.models import Document
from thuisbasis.accounts.models import AuditAction, AuditEntry, User
from thuisbasis.accounts.services import record

# A player that asks for a hundred parts takes a file once.
ONE_DOWNLOAD = timedelta(minutes=30)
MOST_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class Download:
    """Who, which version and when; `who` is "" for somebody without an account."""

    who: str
    version: str
    at: datetime


def note_download(*, document: Document, number: int, user: Any, now: datetime) -> None:
    """Write down that somebody got a version; the log is append-only and kept for thirteen months."""
    actor = user if user.is_authenticated else None
    detail = f"{document.key} {number}"
    before = AuditEntry.objects.filter(
        action=AuditAction.DOWNLOADED, actor_key=actor.pk if actor else None, detail=detail, at__gt=now - ONE_DOWNLOAD
    )
    if not before.exists():
        record(action=AuditAction.DOWNLOADED, actor=actor, practice=document.practice, detail=detail, now=now)


def downloads_of(*, document: Document) -> list[Download]:
    """Return the latest downloads of every version, newest first (two queries)."""
    entries = list(
        AuditEntry.objects.filter(
            action=AuditAction.DOWNLOADED, practice_key=document.practice_id, detail__startswith=f"{document.key} "
        )[:MOST_SHOWN]
    )
    people = User.objects.in_bulk([entry.actor_key for entry in entries if entry.actor_key])
    return [
        Download(who=str(people.get(entry.actor_key, "")), version=entry.detail.rsplit(" ", 1)[-1], at=entry.at)
        for entry in entries
    ]
