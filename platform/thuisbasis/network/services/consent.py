"""What people agreed to, and how they take it back."""

from datetime import date

from django.db import transaction

from thuisbasis.network.models import Person
from thuisbasis.network.signals import consent_changed


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
