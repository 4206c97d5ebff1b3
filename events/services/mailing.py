"""What organisers write to participants, and the list that they take along."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from events.models import Mailing, Occurrence, Registration
from events.policies import Status, may_organise
from events.services.calendars import registration_url
from events.services.telling import may_still_see
from thuisbasis.accounts.models import AuditAction, User
from thuisbasis.accounts.services import record
from thuisbasis.base.sheets import as_csv
from thuisbasis.mail.services import Letter, write_letter
from thuisbasis.network.policies import Visitor
from thuisbasis.network.refusals import NotForYou

GROUPS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "confirmed": (gettext_lazy("Iedereen met een plek"), (Status.CONFIRMED,)),
    "waiting": (gettext_lazy("Iedereen op de wachtlijst"), (Status.WAITING, Status.OFFERED)),
    "all": (gettext_lazy("Iedereen"), (Status.CONFIRMED, Status.WAITING, Status.OFFERED)),
}


def recipients_of(*, occurrence: Occurrence, group: str) -> Any:
    """Return to whom a mail of this group goes: one for each person."""
    return Registration.objects.filter(occurrence=occurrence, status__in=GROUPS[group][1], rest_of=None)


def letter_of(*, subject: str, text: str, occurrence: Occurrence, address: str) -> Letter:
    """Return the mail as a participant gets it."""
    paragraphs = tuple(part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip())
    return Letter(
        subject=subject,
        paragraphs=paragraphs,
        action_label=gettext_lazy("Bekijk je inschrijving"),
        action_url=address,
        closing=_("Je krijgt deze mail omdat je je inschreef voor “%(title)s”.") % {"title": occurrence.event.title},
    )


@transaction.atomic
def mail_participants(
    *, occurrence: Occurrence, author: User, visitor: Visitor, content: dict[str, str], key: str, now: datetime
) -> Mailing:
    """Write to the participants of a date; the same `key` again sends nothing again.

    `content` has group, subject and text. Raises NotForYou for who does not run the event.
    """
    if not may_organise(visitor, occurrence.event):
        raise NotForYou
    values: dict[str, Any] = {**content, "occurrence": occurrence, "author": author, "created_at": now}
    mailing, is_new = Mailing.objects.get_or_create(key=key, defaults=values)
    if is_new:
        mailing.count = recipients_of(occurrence=occurrence, group=mailing.group).count()
        mailing.save(update_fields=["count"])
        record(
            action=AuditAction.PARTICIPANTS_MAILED, actor=author, detail=f"{occurrence.key} {mailing.count}", now=now
        )
        send_mailing.enqueue(mailing.pk)
    return mailing


def write_mailing(*, mailing: Mailing) -> int:
    """Write the mail to each participant once, and return to how many."""
    rows = recipients_of(occurrence=mailing.occurrence, group=mailing.group).select_related("user")
    written = 0
    for registration in rows:
        registration.occurrence = mailing.occurrence
        if registration.person_email and may_still_see(registration, mailing.created_at):
            letter = letter_of(
                subject=mailing.subject,
                text=mailing.text,
                occurrence=mailing.occurrence,
                address=registration_url(registration),
            )
            write_letter(
                letter=letter,
                to=registration.person_email,
                language=registration.person_language,
                key=f"mailing:{mailing.key}:{registration.key}",
            )
            written += 1
    return written


@task()
def send_mailing(mailing_id: int) -> int:
    """Write a mail of an organiser to each participant."""
    return write_mailing(mailing=Mailing.objects.select_related("occurrence__event").get(pk=mailing_id))


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A list of participants as a file."""

    name: str
    media_type: str
    content: bytes


@transaction.atomic
def export_participants(
    *, occurrence: Occurrence, rows: Iterable[Registration], form: str, actor: User, visitor: Visitor, now: datetime
) -> Sheet:
    """Return these participants as "xlsx" or "csv" and write down who took them; raises NotForYou."""
    if not may_organise(visitor, occurrence.event):
        raise NotForYou
    table = _table(rows)
    detail = f"{occurrence.key} {form} {len(table) - 1}"
    record(action=AuditAction.PARTICIPANTS_EXPORTED, actor=actor, detail=detail, now=now)
    name = f"deelnemers-{timezone.localdate(occurrence.starts_at):%Y-%m-%d}"
    if form == "xlsx":
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return Sheet(name=f"{name}.xlsx", media_type=kind, content=_as_workbook(table))
    return Sheet(name=f"{name}.csv", media_type="text/csv; charset=utf-8", content=as_csv(table))


def _table(rows: Iterable[Registration]) -> list[list[str]]:
    rows = list(rows)
    questions = list(dict.fromkeys(answer.label for row in rows for answer in row.answers.all()))
    head = [_("Naam"), _("E-mailadres"), _("Praktijk"), _("Stand"), _("Plekken"), _("Ingeschreven op"), _("Binnen om")]
    return [[*head, *questions], *(_line(row, questions) for row in rows)]


def _line(row: Registration, questions: list[str]) -> list[str]:
    answers = {answer.label: answer.text for answer in row.answers.all()}
    attendance = getattr(row, "attendance", None)
    return [
        row.person_name,
        row.person_email,
        str(row.practice or ""),
        str(row.get_status_display()),
        str(row.seats),
        f"{timezone.localtime(row.registered_at):%Y-%m-%d %H:%M}",
        f"{timezone.localtime(attendance.at):%H:%M}" if attendance else "",
        *(answers.get(question, "") for question in questions),
    ]


def _as_workbook(table: list[list[str]]) -> bytes:
    # Only whoever asks for a sheet needs the 22 MB that this costs.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Deelnemers"))
    for line in table:
        sheet.append([_text_cell(sheet, cell) for cell in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text_cell(sheet: Any, text: str) -> Any:
    """Return a cell that holds text, whatever the text looks like."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value="")
    cell.value = "".join(char for char in text if char.isprintable() or char in "\n\t")
    cell.data_type = "s"
    return cell
