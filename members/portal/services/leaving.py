"""Going away for good."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from thuisbasis.accounts.models import User
from thuisbasis.accounts.privacy import erase_person
from thuisbasis.network.models import Membership, Practice, Role
from thuisbasis.network.services import LastCoordinator, lock_practice
from thuisbasis.network.signals import membership_ended


@transaction.atomic
def erase_me(*, user: User, now: datetime) -> None:
    """Remove everything that makes this person known and keep what the practice made.

    Raises LastCoordinator while a practice would be left without one: hand over first.
    """
    today = timezone.localdate(now)
    rows = Membership.objects.filter(user=user).not_ended(today)
    for practice in Practice.objects.filter(pk__in=rows.values("practice")):
        lock_practice(practice)
        others = Membership.objects.filter(practice=practice).valid_on(today).coordinating().exclude(user=user)
        if rows.filter(practice=practice, role=Role.COORDINATOR).exists() and not others.exists():
            raise LastCoordinator
        rows.filter(practice=practice).update(ended_at=now)
        membership_ended.send(sender=Membership, user=user, practice=practice, now=now)
    erase_person(user=user, now=now)
