"""What only the demo shows: its mails, and the codes that a phone would show."""

import email
import time
from email.policy import SMTP
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt

from thuisbasis.config.demo.people import PASSWORD, PEOPLE
from thuisbasis.mail.models import OutgoingMail

STEP = 30
MOST_MAILS = 50


def code_of(address: str) -> str:
    """Return the six digits that the authenticator app of this person shows now, or ""."""
    totp = Authenticator.objects.filter(user__email=address, type=Authenticator.Type.TOTP).first()
    if totp is None:
        return ""
    return str(format_hotp_value(hotp_value(decrypt(totp.data["secret"]), int(time.time()) // STEP)))


def accounts() -> list[dict[str, Any]]:
    """Return whom one can log in as."""
    return [
        {"email": person.email, "about": person.about, "password": PASSWORD, "code": code_of(person.email)}
        for person in PEOPLE
    ]


def mails() -> list[OutgoingMail]:
    """Return the newest mails, without their content."""
    return list(OutgoingMail.objects.defer("content")[:MOST_MAILS])


def parts_of(mail: OutgoingMail) -> tuple[str, str]:
    """Return the plain text and the HTML of a mail."""
    message = email.message_from_bytes(bytes(mail.content), policy=SMTP)
    found = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
    texts = {kind: part.get_content() if part else "" for kind, part in found.items()}
    return texts["plain"], texts["html"]
