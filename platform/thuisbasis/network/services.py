"""Use cases of the network."""

from datetime import date
from typing import Any

from django.db import transaction

from thuisbasis.network.models import Membership, Person, Practice, Role
from thuisbasis.network.policies import ANONYMOUS, Visitor, may_confirm
from thuisbasis.network.signals import consent_changed


def visitor_for(*, user: Any, today: date) -> Visitor:
    """Return the visitor that this user is today, computed from today's memberships (one query)."""
    if not user.is_authenticated or not user.is_active:
        return ANONYMOUS
    memberships = list(Membership.objects.filter(user=user).valid_on(today).values_list("practice_id", "role"))
    return Visitor(
        practice_ids=frozenset(practice for practice, _ in memberships),
        is_steering_group=any(role == Role.STEERING_GROUP for _, role in memberships),
        is_editor=user.has_perm("wagtailadmin.access_admin"),
    )


class PracticeIsNotYours(Exception):
    """Only people of a practice, or editors, confirm what it says about itself."""


@transaction.atomic
def withdraw_consent(*, person: Person, uses: frozenset[str], today: date) -> int:
    """End what this person agreed to for these uses, from today on, and return how many ended.

    Everything that names the person follows in the same transaction.
    """
    ended = 0
    for consent in person.consents.filter(use__in=uses, withdrawn_date__isnull=True):
        consent.withdrawn_date = max(today, consent.given_date)
        consent.save(update_fields=["withdrawn_date"])
        ended += 1
    person.save(update_fields=["changed_at"])
    consent_changed.send(sender=Person, person=person)
    return ended


@transaction.atomic
def confirm_practice(*, practice: Practice, visitor: Visitor, today: date) -> None:
    """Note that the practice looked at its entry today; raises PracticeIsNotYours for anyone else."""
    if not may_confirm(visitor, practice_id=practice.pk):
        raise PracticeIsNotYours
    practice.confirmed_date = today
    practice.save(update_fields=["confirmed_date"])
