"""What the worker does besides running tasks: live, hand on, try again, start what is due."""

from datetime import datetime, timedelta

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from thuisbasis.jobs.models import RecurringJob, WorkerBeat
from thuisbasis.jobs.registry import recurring_work

MOST_ATTEMPTS = 5
LOST = "thuisbasis.jobs.WorkerWasLost"


def beat(*, worker_id: str, now: datetime) -> None:
    """Note that this worker is alive."""
    WorkerBeat.objects.update_or_create(worker_id=worker_id, defaults={"beat_at": now})


def sign_off(*, worker_id: str) -> None:
    """Forget a worker that stops of its own will."""
    WorkerBeat.objects.filter(worker_id=worker_id).delete()


def hand_on_lost_tasks(*, now: datetime, lease: timedelta, idle_worker: str = "") -> int:
    """Make tasks of workers that have not been heard of for `lease` ready again; return how many.

    `idle_worker` asks this between two tasks: what it seems to run still, it could not finish because the database
    went away. A task may thus run twice: tasks are written so that this does no harm. One that took `MOST_ATTEMPTS`
    workers with it is given up.
    """
    alive = set(WorkerBeat.objects.filter(beat_at__gt=now - lease).values_list("worker_id", flat=True))
    handed_on = 0
    for task in DBTaskResult.objects.running().filter(started_at__isnull=False):
        last = task.worker_ids[-1] if task.worker_ids else ""
        is_silent = task.started_at < now - lease and last not in alive
        if not is_silent and (not last or last != idle_worker):
            continue
        given_up = len(task.worker_ids) >= MOST_ATTEMPTS
        changes = (
            {"status": TaskResultStatus.FAILED, "finished_at": now, "exception_class_path": LOST}
            if given_up
            else {"status": TaskResultStatus.READY}
        )
        same = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
        handed_on += same.update(**changes)
    WorkerBeat.objects.filter(beat_at__lte=now - 10 * lease).delete()
    return handed_on


def retry_failed_tasks(*, now: datetime) -> int:
    """Make failed tasks ready again, after 2, 4, 8 and 16 minutes; return how many."""
    retried = 0
    for task in DBTaskResult.objects.failed().filter(finished_at__gt=now - timedelta(hours=2)):
        attempts = len(task.worker_ids)
        if attempts < MOST_ATTEMPTS and task.finished_at + timedelta(minutes=2**attempts) <= now:
            same = DBTaskResult.objects.failed().filter(pk=task.pk, finished_at=task.finished_at)
            retried += same.update(status=TaskResultStatus.READY)
    return retried


@transaction.atomic
def start_recurring_work(*, now: datetime) -> list[str]:
    """Enqueue each piece of recurring work that is due, once whatever the number of workers; return the names."""
    started = []
    known = {job.name: job for job in RecurringJob.objects.all()}
    for work in recurring_work():
        if work.name not in known:
            known[work.name], _ = RecurringJob.objects.get_or_create(name=work.name, defaults={"next_run_at": now})
        job = known[work.name]
        if job.next_run_at > now:
            continue
        mine = RecurringJob.objects.filter(name=job.name, next_run_at=job.next_run_at)
        if mine.update(next_run_at=work.next_after(now), last_run_at=now):
            work.task.enqueue()
            started.append(work.name)
    return started
