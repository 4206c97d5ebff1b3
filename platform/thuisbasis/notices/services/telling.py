"""Telling people that something happened, and reading what happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from thuisbasis.jobs.registry import every
from thuisbasis.mail.services import Letter, write_letter
from thuisbasis.network.policies import Visitor
from thuisbasis.network.services import visitor_for
from thuisbasis.notices.models import Frequency, Notice
from thuisbasis.notices.registry import PERSONAL, NoticeText, resolve
from thuisbasis.notices.services.subscribing import frequencies_of, unsubscribe_url

KEPT_FOR = timedelta(days=180)
EVERY_MINUTE = every(timedelta(minutes=1))
MOST_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class ReadNotice:
    """A notice with what it means to its reader now."""

    notice: Notice
    text: Any
    url: str


@transaction.atomic
def notify(*, users: Iterable[Any], kind: str, source_pk: int, now: datetime) -> None:
    """Tell people about one thing, once; by mail too when they want that. What it says is decided when it is read."""
    for user in users:
        values = {"created_at": now}
        notice, is_new = Notice.objects.get_or_create(user=user, kind=kind, source_pk=source_pk, defaults=values)
        if is_new:
            mail_notice.enqueue(notice.pk)


def inbox(*, user: Any, visitor: Visitor, most: int = MOST_SHOWN, only_unread: bool = False) -> list[ReadNotice]:
    """Return the newest notices that still mean something to this person, newest first."""
    notices = Notice.objects.of(user).unread() if only_unread else Notice.objects.of(user)
    rows = list(notices[:most])
    texts: dict[tuple[str, int], NoticeText] = {}
    for kind, group in groupby(sorted(rows, key=lambda row: row.kind), key=lambda row: row.kind):
        found = resolve(kind, [row.source_pk for row in group], visitor)
        texts |= {(kind, key): text for key, text in found.items()}
    return [
        ReadNotice(notice=row, text=texts[row.kind, row.source_pk].text, url=texts[row.kind, row.source_pk].url)
        for row in rows
        if (row.kind, row.source_pk) in texts
    ]


def mark_read(*, user: Any, now: datetime) -> int:
    """Note that somebody read everything, and return how much was new."""
    return Notice.objects.of(user).unread().update(read_at=now)


@transaction.atomic
def deliver_notice(*, notice_id: int, now: datetime) -> bool:
    """Mail one notice when its reader still may see it and wants it by mail; say whether a mail was written."""
    rows = Notice.objects.to_mail().filter(pk=notice_id)
    notice = rows.select_for_update(of=("self",)).select_related("user").first()
    if notice is None:
        return False
    Notice.objects.filter(pk=notice_id).update(mailed_at=now)
    user = notice.user
    if frequencies_of(user).get(PERSONAL) == Frequency.NEVER:
        return False
    visitor = visitor_for(user=user, today=timezone.localdate(now))
    with translation.override(user.language):
        found = resolve(notice.kind, [notice.source_pk], visitor).get(notice.source_pk)
        settings_url = settings.SITE_URL + reverse("portal:settings")
    if found is None:
        return False
    letter = Letter(
        subject=found.text,
        paragraphs=(found.text,),
        action_label=_("Bekijk het op Thuisbasis"),
        action_url=settings.SITE_URL + found.url,
        closing=_("Liever geen mail hierover? Kies dat bij je instellingen."),
        closing_url=settings_url,
    )
    unsubscribe = unsubscribe_url(user=user, topic=PERSONAL)
    write_letter(
        letter=letter, to=user.email, language=user.language, key=f"notice:{notice_id}", unsubscribe=unsubscribe
    )
    return True


@task()
def mail_notice(notice_id: int) -> bool:
    """Mail one notice."""
    return deliver_notice(notice_id=notice_id, now=timezone.now())


@task()
def mail_waiting_notices() -> int:
    """Mail what is still due, when the worker of its own task died; return how many."""
    now = timezone.now()
    waiting = list(Notice.objects.to_mail().before(now - timedelta(minutes=1)).values_list("pk", flat=True)[:200])
    return sum(deliver_notice(notice_id=key, now=now) for key in waiting)


@task()
def forget_old_notices() -> int:
    """Remove notices after half a year, and return how many."""
    return Notice.objects.before(timezone.now() - KEPT_FOR).delete()[0]
