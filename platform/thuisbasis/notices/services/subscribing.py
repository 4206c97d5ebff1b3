"""Choosing what to hear of, and ending it with one click, logged in or not."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thuisbasis.accounts.models import User
from thuisbasis.notices.models import Frequency, Subscription
from thuisbasis.notices.registry import PERSONAL, Topic, topic_named, topics

SALT = "thuisbasis.notices.unsubscribe"
# A digest tells of several topics at once; its link ends them all.
DIGEST = Topic(name="digest", label=_("Wat er nieuw is op Thuisbasis"), help_text="", items=None)


class TopicIsUnknown(Exception):
    """There is no such topic, or no such person any more: the link leads nowhere."""


def default_frequency(topic: str) -> str:
    """Return how often somebody hears of a topic who never chose."""
    return Frequency.AT_ONCE if topic == PERSONAL else Frequency.WEEKLY


def frequencies_of(user: Any) -> dict[str, str]:
    """Return how often this person hears of each topic (one query)."""
    chosen = dict(Subscription.objects.filter(user=user).values_list("topic", "frequency"))
    return {topic.name: chosen.get(topic.name, default_frequency(topic.name)) for topic in topics()}


@transaction.atomic
def choose(*, user: Any, frequencies: Mapping[str, str]) -> None:
    """Note how often somebody wants to hear of each of these topics; raises TopicIsUnknown."""
    for name, frequency in frequencies.items():
        if topic_named(name) is None:
            raise TopicIsUnknown
        Subscription.objects.update_or_create(user=user, topic=name, defaults={"frequency": frequency})


def unsubscribe_token(*, user: Any, topic: str) -> str:
    """Return what ends one topic for one person: good for nothing else, and without an end of its own."""
    return signing.dumps([user.pk, topic], salt=SALT)


def unsubscribe_url(*, user: Any, topic: str) -> str:
    """Return the address for the headers List-Unsubscribe and List-Unsubscribe-Post (RFC 8058)."""
    return settings.SITE_URL + reverse("unsubscribe", args=[unsubscribe_token(user=user, topic=topic)])


def read_token(token: str) -> tuple[User, Topic]:
    """Return whom and what a token is about; raises TopicIsUnknown."""
    try:
        key, name = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise TopicIsUnknown from error
    user = User.objects.filter(pk=key, erased_at__isnull=True).first()
    topic = DIGEST if name == DIGEST.name else topic_named(name)
    if user is None or topic is None:
        raise TopicIsUnknown
    return user, topic


@transaction.atomic
def stop_topic(*, token: str) -> Topic:
    """End what the token names, and return it; doing it twice is the same as once. Raises TopicIsUnknown."""
    user, topic = read_token(token)
    gathered = [other.name for other in topics() if other.items]
    choose(user=user, frequencies=dict.fromkeys(gathered if topic is DIGEST else [topic.name], Frequency.NEVER))
    return topic
