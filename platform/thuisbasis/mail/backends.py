"""Django's way of sending mail, turned into a row of the outbox; allauth and Wagtail write there too."""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from thuisbasis.mail.services import put_in_outbox


class OutboxBackend(BaseEmailBackend):
    """Writes each message down in the running transaction instead of sending it."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        """Store the messages that have a recipient, and return how many."""
        messages: list[EmailMessage] = [message for message in email_messages if message.recipients()]
        for message in messages:
            put_in_outbox(message=message, now=timezone.now())
        return len(messages)
