"""What appeared for a kept search, in the digests."""

from django.utils.translation import gettext_lazy as _

from thuisbasis.base.texts import Sentence
from thuisbasis.notices.registry import DigestAsk, DigestItem, Topic, declare_topic
from thuisbasis.search.services import new_since

MOST_IN_DIGEST = 12


def declare() -> None:
    """Let people hear of it."""
    help_text = _("Nieuw bij wat je met “Bewaar deze zoekopdracht” hebt bewaard.")
    declare_topic(Topic(name="searches", label=_("Bewaarde zoekopdrachten"), help_text=help_text, items=_new))


def _new(ask: DigestAsk) -> list[DigestItem]:
    found = new_since(user=ask.user, visitor=ask.visitor, since=ask.since, until=ask.until)
    return [
        DigestItem(title=entry.name, url=entry.url, remark=Sentence(_("bij “%(text)s”"), {"text": saved.text}))
        for saved, entry in found[:MOST_IN_DIGEST]
    ]
