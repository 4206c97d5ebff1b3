"""Writing mails down, and delivering them in spite of dead workers and dead mail servers."""

import email
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.policy import SMTP
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.message import make_msgid
from django.core.mail.utils import DNS_NAME
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import task

from thuisbasis.mail.models import MailState, OutgoingMail

# A worker that holds a mail longer than this is taken for dead.
LEASE = timedelta(seconds=60)
# Minutes until the next attempt; after the last one a person has to look.
BACK_OFF = (1, 5, 15, 30, 120, 480)
KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class LetterLine:
    """One line of a list in a mail: a link and a few words about it."""

    text: Any
    url: str
    remark: Any = ""


@dataclass(frozen=True, kw_only=True)
class LetterSection:
    """A list under a heading."""

    title: Any
    lines: tuple[LetterLine, ...]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What a mail says: a subject, paragraphs, perhaps lists, and the one thing to do.

    Texts may be lazy: they are read in the language of whoever gets the mail.
    """

    subject: Any
    paragraphs: tuple[Any, ...]
    action_label: Any = ""
    action_url: str = ""
    closing: Any = ""
    closing_url: str = ""
    sections: tuple[LetterSection, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CalendarPart:
    """An iCalendar object that goes along with a letter; `method` is the one inside it (RFC 6047, 2.4)."""

    method: str
    content: bytes


def write_letter(
    *,
    letter: Letter,
    to: str,
    language: str,
    key: str = "",
    unsubscribe: str = "",
    calendar: CalendarPart | None = None,
) -> None:
    """Put a letter in our look, with a plain-text part, in the outbox of the running transaction.

    The same `key` twice is one mail. `unsubscribe` is an address that ends such mails with one
    POST (RFC 8058); mail that somebody cannot do without has none. `calendar` puts the appointment
    in the reader's own calendar.
    """
    with translation.override(language):
        context = {"letter": letter, "language": language, "site_url": settings.SITE_URL, "unsubscribe": unsubscribe}
        message = EmailMultiAlternatives(
            " ".join(str(letter.subject).split()), render_to_string("mail/letter.txt", context), None, [to]
        )
        message.attach_alternative(render_to_string("mail/letter.html", context), "text/html")
    if calendar:
        kind = f"text/calendar; method={calendar.method}"
        message.attach_alternative(calendar.content.decode(), kind)
        # Some programs look at attachments only.
        message.attach("afspraak.ics", calendar.content, "application/ics")
    if unsubscribe:
        message.extra_headers["List-Unsubscribe"] = f"<{unsubscribe}>"
        message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    put_in_outbox(message=message, now=timezone.now(), key=key)


@transaction.atomic
def put_in_outbox(*, message: EmailMessage, now: datetime, key: str = "") -> OutgoingMail:
    """Store the bytes of a message and let the worker deliver them; a key that is known changes nothing."""
    if key and (known := OutgoingMail.objects.filter(key=key).first()):
        return known
    message_id = make_msgid(domain=DNS_NAME)
    message.extra_headers.setdefault("Message-ID", message_id)
    rendered: Any = message.message()
    mail = OutgoingMail(
        recipients=message.recipients(),
        sender=message.from_email,
        subject=message.subject[:300],
        message_id=message.extra_headers["Message-ID"],
        content=rendered.as_bytes(linesep="\r\n"),
        next_attempt_at=now,
        created_at=now,
        **({"key": key} if key else {}),
    )
    mail.save()
    deliver_one.enqueue(mail.pk)
    return mail


class StoredMessage(EmailMessage):
    """A message from the outbox; whatever sends it gets the stored bytes, with the same Message-ID each time."""

    def __init__(self, mail: OutgoingMail) -> None:
        self.content = bytes(mail.content)
        parsed = email.message_from_bytes(self.content, policy=SMTP)
        part = parsed.get_body(("plain",))
        text = part.get_content() if part else ""
        super().__init__(mail.subject, text, mail.sender, mail.recipients)

    def message(self, *args: Any, **kwargs: Any) -> Any:
        """Return something with `as_bytes`, which is all that a mail server's client asks for."""
        return _StoredBytes(self.content)


class _StoredBytes:
    def __init__(self, content: bytes) -> None:
        self.content = content

    def as_bytes(self, unixfrom: bool = False, linesep: str = "\n") -> bytes:
        """Return the bytes as they were written down."""
        return self.content

    def get_charset(self) -> None:
        """Have no charset of its own: the bytes name it."""


def deliver(*, mail_id: int, now: datetime) -> bool:
    """Deliver one mail unless somebody else has it, and say whether it went.

    The lease is taken before the mail server is called, in a transaction of its own; whoever
    dies between sending and noting it causes one duplicate with the same Message-ID, never a loss.
    """
    claimed = OutgoingMail.objects.due(now).filter(pk=mail_id).update(leased_until=now + LEASE)
    if not claimed:
        return False
    mail = OutgoingMail.objects.get(pk=mail_id)
    try:
        get_connection(settings.MAIL_TRANSPORT).send_messages([StoredMessage(mail)])
    except OSError as error:  # smtplib's errors are OSErrors
        _note_failure(mail, error, now)
        return False
    changes: dict[str, Any] = {"state": MailState.SENT, "sent_at": now, "leased_until": None, "last_error": ""}
    if not settings.KEEP_SENT_MAIL:
        changes["content"] = b""
    OutgoingMail.objects.filter(pk=mail_id).update(**changes)
    return True


def _note_failure(mail: OutgoingMail, error: Exception, now: datetime) -> None:
    attempts = mail.attempts + 1
    is_over = attempts > len(BACK_OFF)
    OutgoingMail.objects.filter(pk=mail.pk).update(
        attempts=attempts,
        state=MailState.DEAD if is_over else MailState.WAITING,
        next_attempt_at=now if is_over else now + timedelta(minutes=BACK_OFF[attempts - 1]),
        leased_until=None,
        last_error=f"{type(error).__name__}: {error}"[:500],
    )


def deliver_due(*, now: datetime, most: int = 200) -> int:
    """Deliver up to `most` mails that are due, and return how many went."""
    due = list(OutgoingMail.objects.due(now).values_list("pk", flat=True)[:most])
    return sum(deliver(mail_id=mail_id, now=now) for mail_id in due)


def try_again(*, mail: OutgoingMail, now: datetime) -> None:
    """Give a mail that was given up a new start."""
    OutgoingMail.objects.undeliverable().filter(pk=mail.pk).update(
        state=MailState.WAITING, attempts=0, next_attempt_at=now
    )
    deliver_one.enqueue(mail.pk)


def forget_old_mail(*, now: datetime) -> int:
    """Remove what was sent or given up a month ago, and return how many."""
    return OutgoingMail.objects.before(now - KEPT_FOR).delete()[0]


@task()
def deliver_one(mail_id: int) -> bool:
    """Deliver a mail that was just written."""
    return deliver(mail_id=mail_id, now=timezone.now())


@task()
def deliver_waiting() -> int:
    """Deliver whatever is due: after a failure, or when the worker of its first task died."""
    return deliver_due(now=timezone.now())


@task()
def forget_old() -> int:
    """Remove what was sent or given up a month ago."""
    return forget_old_mail(now=timezone.now())
