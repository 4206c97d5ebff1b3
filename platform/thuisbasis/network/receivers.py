"""What the network does when a person is erased."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from thuisbasis.accounts.models import User
from thuisbasis.accounts.signals import person_erased
from thuisbasis.network.models import ConsentUse, Membership, Person, WorkingGroupMembership
from thuisbasis.network.services import withdraw_consent


def connect() -> None:
    """Listen to the accounts."""
    person_erased.connect(_person_erased, dispatch_uid="network-erased")


def _person_erased(user: User, addresses: set[str], now: datetime, **kwargs: Any) -> None:
    """End every membership, and take the name off the site where it stood with consent."""
    for model in (Membership, WorkingGroupMembership):
        model.objects.filter(user=user, ended_at__isnull=True).update(ended_at=now)
    for person in Person.objects.filter(email__in=addresses):
        withdraw_consent(person=person, uses=frozenset(ConsentUse.values), today=timezone.localdate(now))
        person.name, person.description, person.email, person.photo = gettext("Iemand die weg is"), "", "", None
        person.save()
