"""Forgetting in time, and giving back what somebody who leaves holds."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from events.models import Certificate, GivenAnswer, Registration
from events.policies import Ending
from events.services.feeding import close_feeds
from events.services.holding import end_registration
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Practice

# Whoever has no account is forgotten a year after the event, by name and address.
STRANGERS_KEPT_FOR = timedelta(days=365)
REGISTRATIONS_KEPT_FOR = timedelta(days=730)


def forget_in_time(*, now: datetime) -> int:
    """Remove answers, names and registrations whose term is over, and return how many."""
    gone = GivenAnswer.objects.due(timezone.localdate(now)).delete()[0]
    strangers = Registration.objects.filter(occurrence__ends_at__lt=now - STRANGERS_KEPT_FOR, user=None)
    gone += strangers.exclude(email="").update(name="", email="")
    old = Registration.objects.filter(occurrence__ends_at__lt=now - REGISTRATIONS_KEPT_FOR)
    return gone + old.filter(certificates=None).delete()[0]


@transaction.atomic
def leave_practice(*, user: User, practice: Practice, now: datetime) -> int:
    """Give back the seats to come that somebody has through a practice, and close the feeds; return how many."""
    rows = Registration.objects.active().filter(user=user, practice=practice, occurrence__starts_at__gt=now)
    given_back = _end_all(rows, Ending.LEFT, now)
    close_feeds(user=user)
    return given_back


@transaction.atomic
def forget_person(*, user: User, addresses: set[str], now: datetime) -> None:
    """Give back every seat to come of somebody who is erased, and forget what stands under the addresses."""
    _end_all(Registration.objects.active().filter(user=user, occurrence__starts_at__gt=now), Ending.ERASED, now)
    strangers = Registration.objects.filter(user=None, email__in=addresses)
    _end_all(strangers.active().filter(occurrence__starts_at__gt=now), Ending.ERASED, now)
    GivenAnswer.objects.filter(registration__user=user).delete()
    GivenAnswer.objects.filter(registration__in=strangers).delete()
    certificates = Certificate.objects.filter(registration__user=user) | Certificate.objects.filter(
        registration__in=strangers
    )
    certificates.update(name="", voided_at=now)
    strangers.update(name="", email="")
    close_feeds(user=user)


def _end_all(rows: Any, ending: str, now: datetime) -> int:
    found = list(rows.filter(rest_of=None))
    for registration in found:
        end_registration(registration=registration, ending=ending, now=now, is_by_organiser=True)
    return len(found)


@task()
def forget() -> int:
    """Remove what nobody needs any more."""
    return forget_in_time(now=timezone.now())
