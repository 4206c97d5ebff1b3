"""What the steering group tells."""

from datetime import datetime
from typing import Any

from django.db import transaction

from members.exchange.models import Announcement
from members.exchange.policies import may_announce
from thuisbasis.base.slugs import first_free_slug, slug_base
from thuisbasis.network.models import Audience
from thuisbasis.network.policies import Visitor
from thuisbasis.network.refusals import NotForYou
from thuisbasis.search.services import index


@transaction.atomic
def announce(*, author: Any, visitor: Visitor, content: dict[str, Any], now: datetime) -> Announcement:
    """Tell the network or a working group something; it stands on every dashboard and in the next digest.

    `content` has title, text, until_date, audience and working_group. Raises NotForYou for who is
    not of the steering group.
    """
    if not may_announce(visitor) or content["audience"] not in (Audience.NETWORK, Audience.WORKING_GROUP):
        raise NotForYou
    group = content["working_group"] if content["audience"] == Audience.WORKING_GROUP else None
    base = slug_base(content["title"], "bericht")
    taken = set(Announcement.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    announcement = Announcement.objects.create(
        author=author,
        title=content["title"],
        slug=first_free_slug(base, taken),
        text=content["text"],
        until_date=content["until_date"],
        audience=content["audience"],
        working_group=group,
        created_at=now,
    )
    index(instance=announcement)
    return announcement
