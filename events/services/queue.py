"""The queue in time: offers that run out, limits that are lifted, and an order that a person changes."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from events.models import Occurrence, Registration
from events.policies import Ending
from events.services.holding import end_registration
from events.services.seats import lock_occurrence, pass_on
from thuisbasis.accounts.models import AuditAction, User
from thuisbasis.accounts.services import record


class ReasonIsMissing(Exception):
    """Whoever changes the order of a queue says why."""


def sweep_queues(*, now: datetime) -> int:
    """End offers that ran out and offer what is free, on every date where somebody waits; return the offers.

    Doing it twice offers nothing twice.
    """
    dates = Occurrence.objects.filter(starts_at__gt=now, cancelled_at=None).with_waiting()
    return sum(_sweep(pk, now) for pk in list(dates.values_list("pk", flat=True)))


@transaction.atomic
def _sweep(pk: int, now: datetime) -> int:
    date = lock_occurrence(pk)
    for overdue in Registration.objects.filter(occurrence=date).overdue(now):
        end_registration(registration=overdue, ending=Ending.EXPIRED, now=now)
    return len(pass_on(date=date, now=now))


@transaction.atomic
def move_in_queue(
    *, registration: Registration, to_place: int, reason: str, actor: User, now: datetime
) -> list[Registration]:
    """Put somebody elsewhere in the queue (1 is the front), and write down who did it and why.

    Returns the queue as it is now. Raises ReasonIsMissing.
    """
    if not reason.strip():
        raise ReasonIsMissing
    date = lock_occurrence(registration.occurrence_id)
    queue = list(Registration.objects.filter(occurrence=date).in_queue())
    places = [waiting.place for waiting in queue]
    moved = next((waiting for waiting in queue if waiting.pk == registration.pk), None)
    if moved is None:
        return queue
    queue.remove(moved)
    queue.insert(max(0, to_place - 1), moved)
    for place, waiting in zip(places, queue, strict=True):
        waiting.place = place
    Registration.objects.bulk_update(queue, ["place"])
    detail = f"{date.key} {to_place}: {reason.strip()}"[:200]
    record(action=AuditAction.QUEUE_CHANGED, actor=actor, subject=moved.user, detail=detail, now=now)
    return queue


@task()
def keep_queues_moving() -> int:
    """Let the queues of every date move on."""
    return sweep_queues(now=timezone.now())
