"""Use cases of the notices."""

from .digests import send_digests
from .subscribing import TopicIsUnknown, choose, frequencies_of, stop_topic, unsubscribe_token, unsubscribe_url
from .telling import (
    EVERY_MINUTE,
    forget_old_notices,
    inbox,
    mail_notice,
    mail_waiting_notices,
    mark_read,
    notify,
)

__all__ = [
    "EVERY_MINUTE",
    "TopicIsUnknown",
    "choose",
    "forget_old_notices",
    "frequencies_of",
    "inbox",
    "mail_notice",
    "mail_waiting_notices",
    "mark_read",
    "notify",
    "send_digests",
    "stop_topic",
    "unsubscribe_token",
    "unsubscribe_url",
]
