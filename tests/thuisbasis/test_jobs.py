"""Background work: handed on from dead workers, tried again, started once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from thuisbasis.jobs import registry, services
from thuisbasis.jobs.models import RecurringJob

pytestmark = pytest.mark.django_db
LEASE = timedelta(seconds=45)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def task(settings):
    """Make a task in the database, in a state of our choice."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

    def make(status, workers=("dood",), minutes_ago=5):
        moment = timezone.now() - timedelta(minutes=minutes_ago)
        from thuisbasis.jobs.tasks import tidy_up

        result = tidy_up.enqueue()
        DBTaskResult.objects.filter(pk=result.id).update(
            status=status, worker_ids=list(workers), started_at=moment, finished_at=moment
        )
        return DBTaskResult.objects.get(pk=result.id)

    return make


def test_the_work_of_a_silent_worker_is_handed_on(task):
    lost = task(TaskResultStatus.RUNNING)
    assert services.hand_on_lost_tasks(now=timezone.now(), lease=LEASE) == 1
    lost.refresh_from_db()
    assert lost.status == TaskResultStatus.READY


def test_the_work_of_a_living_worker_is_left_alone(task):
    services.beat(worker_id="levend", now=timezone.now())
    busy = task(TaskResultStatus.RUNNING, workers=("dood", "levend"))
    assert services.hand_on_lost_tasks(now=timezone.now(), lease=LEASE) == 0
    busy.refresh_from_db()
    assert busy.status == TaskResultStatus.RUNNING


def test_a_task_that_took_five_workers_along_is_given_up(task):
    poison = task(TaskResultStatus.RUNNING, workers=list("abcde"))
    services.hand_on_lost_tasks(now=timezone.now(), lease=LEASE)
    poison.refresh_from_db()
    assert (poison.status, poison.exception_class_path) == (TaskResultStatus.FAILED, services.LOST)


def test_a_failed_task_is_tried_again_after_a_while_but_not_for_ever(task):
    failed = task(TaskResultStatus.FAILED, minutes_ago=1)
    assert services.retry_failed_tasks(now=timezone.now()) == 0
    assert services.retry_failed_tasks(now=timezone.now() + timedelta(minutes=2)) == 1
    DBTaskResult.objects.filter(pk=failed.pk).update(status=TaskResultStatus.FAILED, worker_ids=list("abcde"))
    assert services.retry_failed_tasks(now=timezone.now() + timedelta(minutes=40)) == 0


def test_recurring_work_starts_once_whatever_the_number_of_workers(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    RecurringJob.objects.all().delete()
    now = timezone.now()
    assert "tidy up" in services.start_recurring_work(now=now)
    assert services.start_recurring_work(now=now) == []
    assert "deliver waiting mail" in services.start_recurring_work(now=now + timedelta(seconds=21))
    assert str(RecurringJob.objects.get(name="tidy up")) == "tidy up"
    names = {work.name for work in registry.recurring_work()}
    assert {"forget old audit entries", "forget old invitations", "ask who still works here"} <= names


@pytest.mark.parametrize(
    ("moment", "next_moment"),
    [
        (datetime(2026, 3, 28, 12, tzinfo=AMSTERDAM), datetime(2026, 3, 29, 9, tzinfo=AMSTERDAM)),
        (datetime(2026, 10, 25, 1, tzinfo=AMSTERDAM), datetime(2026, 10, 25, 9, tzinfo=AMSTERDAM)),
        (datetime(2028, 2, 28, 9, tzinfo=AMSTERDAM), datetime(2028, 2, 29, 9, tzinfo=AMSTERDAM)),
    ],
)
def test_daily_work_keeps_to_our_own_clock_in_summer_and_winter(moment, next_moment):
    assert registry.daily(9)(moment) == next_moment


def test_work_that_another_worker_started_a_moment_ago_is_not_started_twice(settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    from thuisbasis.jobs.tasks import tidy_up

    def quicker(now):
        RecurringJob.objects.filter(name="proef").update(next_run_at=now + timedelta(days=1))
        return now + timedelta(days=1)

    work = registry.RecurringWork(name="proef", task=tidy_up, next_after=quicker)
    monkeypatch.setattr(services, "recurring_work", lambda: [work])
    assert services.start_recurring_work(now=timezone.now()) == []
    assert not DBTaskResult.objects.filter(task_path__endswith="tidy_up", status=TaskResultStatus.READY).exists()
