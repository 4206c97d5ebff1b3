"""Reminders: once each, in time, and never to whoever does not come any more."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from events.models import Occurrence, Registration, Reminder
from events.policies import ReminderKind, may_remind
from events.services.calendars import registration_url
from events.services.telling import may_still_see, names_of
from thuisbasis.base.texts import Sentence
from thuisbasis.mail.services import Letter, write_letter

FURTHEST_AHEAD = timedelta(days=9)
SUBJECTS: dict[str, Any] = {
    ReminderKind.WEEK: _("Over een week: “%(title)s”"),
    ReminderKind.DAY: _("Binnenkort: “%(title)s”"),
    ReminderKind.HOUR: _("Over een uur: “%(title)s”"),
}


def send_reminders(*, now: datetime) -> int:
    """Write every reminder that is due, and return how many.

    A row for each person and kind is written first; whoever writes it writes the mail, so that two
    workers remind once.
    """
    dates = Occurrence.objects.filter(cancelled_at=None, starts_at__gt=now, starts_at__lt=now + FURTHEST_AHEAD)
    return sum(_remind(date, now) for date in dates.select_related("event"))


def _remind(date: Occurrence, now: datetime) -> int:
    kinds = date.event.reminder_kinds
    if not kinds:
        return 0
    coming = list(Registration.objects.filter(occurrence=date).confirmed().select_related("user"))
    sent = Reminder.objects.kinds_sent(coming)
    return sum(
        _remind_once(registration, kind, date, now) for registration, kind in _due(coming, kinds, sent, date, now)
    )


def _due(
    coming: list[Registration], kinds: list[str], sent: set[tuple[int, str]], date: Occurrence, now: datetime
) -> Iterator[tuple[Registration, str]]:
    for registration in coming:
        for kind in kinds:
            confirmed = registration.confirmed_at or registration.registered_at
            is_due = may_remind(kind, now=now, starts_at=date.starts_at, confirmed_at=confirmed)
            if is_due and (registration.pk, kind) not in sent and registration.person_email:
                yield registration, kind


@transaction.atomic
def _remind_once(registration: Registration, kind: str, date: Occurrence, now: datetime) -> bool:
    _row, is_new = Reminder.objects.get_or_create(registration=registration, kind=kind, defaults={"sent_at": now})
    registration.occurrence = date
    if not is_new or not may_still_see(registration, now):
        return False
    language = registration.person_language
    with translation.override(language):
        names = names_of(registration)
        place = (Sentence(_("Waar: %(place)s."), names),) if names["place"] else ()
        letter = Letter(
            subject=Sentence(SUBJECTS[kind], names),
            paragraphs=(Sentence(_("Tot ziens bij “%(title)s”, op %(moment)s."), names), *place),
            action_label=_("Bekijk je inschrijving"),
            action_url=registration_url(registration),
            closing=_("Kun je toch niet? Meld je af, dan krijgt een ander je plek."),
        )
    key = f"reminder:{registration.key}:{kind}:{date.starts_at:%Y%m%dT%H%MZ}"
    write_letter(letter=letter, to=registration.person_email, language=language, key=key)
    return True


@task()
def remind() -> int:
    """Write every reminder that is due."""
    return send_reminders(now=timezone.now())
