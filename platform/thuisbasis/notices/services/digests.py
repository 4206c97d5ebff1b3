"""What is new, gathered in one mail: at most one a day, and none when there is nothing."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from thuisbasis.accounts.models import User
from thuisbasis.mail.services import Letter, LetterLine, LetterSection, write_letter
from thuisbasis.network.policies import may_enter_portal
from thuisbasis.network.services import visitor_for
from thuisbasis.notices.models import Frequency, Subscription
from thuisbasis.notices.registry import DigestAsk, Topic, topics
from thuisbasis.notices.services.subscribing import DIGEST, default_frequency, unsubscribe_url

MONDAY = 0
PERIODS = {Frequency.DAILY: timedelta(days=1), Frequency.WEEKLY: timedelta(days=7)}
MOST_LINES = 12


@task()
def send_digests() -> int:
    """Write the digest of everyone for whom one is due today, and return how many; safe to run again."""
    return send_digests_of(now=timezone.now())


def send_digests_of(*, now: datetime) -> int:
    """Write every digest that is due at this moment; each person is a transaction of its own."""
    people = User.objects.filter(is_active=True, memberships__isnull=False).distinct().order_by("pk")
    return sum(send_digest(user=user, now=now) for user in people)


@transaction.atomic
def send_digest(*, user: User, now: datetime) -> bool:
    """Write one person's digest when it is due and there is something new; say whether it was written.

    What was told is noted in the same transaction: a worker that dies tells nothing twice. Rights
    are those of this moment.
    """
    today = timezone.localdate(now)
    visitor = visitor_for(user=user, today=today)
    if not may_enter_portal(visitor):
        return False
    sections = []
    with translation.override(user.language):
        for topic, since in _due(user, now):
            ask = DigestAsk(user=user, visitor=visitor, since=since, until=now)
            if lines := _lines(topic, ask):
                sections.append(LetterSection(title=topic.label, lines=lines))
    if not sections:
        return False
    write_letter(
        letter=_letter(tuple(sections)),
        to=user.email,
        language=user.language,
        key=f"digest:{user.pk}:{today:%Y-%m-%d}",
        unsubscribe=unsubscribe_url(user=user, topic=DIGEST.name),
    )
    return True


def _letter(sections: tuple[LetterSection, ...]) -> Letter:
    return Letter(
        subject=_("Nieuw op Thuisbasis"),
        paragraphs=(_("Dit is er nieuw voor jou."),),
        sections=sections,
        action_label=_("Naar Thuisbasis"),
        action_url=settings.SITE_URL + reverse("portal:dashboard"),
        closing=_("Kies zelf waarover en hoe vaak we je mailen."),
        closing_url=settings.SITE_URL + reverse("portal:settings"),
    )


def _due(user: User, now: datetime) -> list[tuple[Topic, datetime]]:
    """Return the topics that are due, each with the moment since which is told, and note that they were."""
    with_items = [topic for topic in topics() if topic.items]
    rows = {row.topic: row for row in Subscription.objects.select_for_update().filter(user=user)}
    due = []
    for topic in with_items:
        row = rows.get(topic.name) or Subscription(user=user, topic=topic.name, frequency=default_frequency(topic.name))
        period = PERIODS.get(Frequency(row.frequency))
        if period is None or not _is_due(row, now):
            continue
        due.append((topic, row.sent_through or now - period))
        row.sent_through = now
        row.save()
    return due


def _is_due(row: Subscription, now: datetime) -> bool:
    today = timezone.localdate(now)
    if row.sent_through is not None and timezone.localdate(row.sent_through) >= today:
        return False
    is_overdue = row.sent_through is not None and now - row.sent_through > PERIODS[Frequency.WEEKLY]
    return row.frequency == Frequency.DAILY or today.weekday() == MONDAY or is_overdue


def _lines(topic: Topic, ask: DigestAsk) -> tuple[LetterLine, ...]:
    found: Any = topic.items(ask) if topic.items else []
    return tuple(
        LetterLine(text=item.title, url=settings.SITE_URL + item.url, remark=item.remark) for item in found[:MOST_LINES]
    )
