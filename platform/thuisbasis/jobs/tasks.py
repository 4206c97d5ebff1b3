"""Housekeeping that Django and Wagtail leave to a scheduler."""

from django.core.management import call_command
from django_tasks import task


@task()
def publish_scheduled() -> None:
    """Publish and withdraw pages at the moment that editors planned."""
    call_command("publish_scheduled", verbosity=0)


@task()
def tidy_up() -> None:
    """Remove sessions that ended, and the notes of tasks that were done two weeks ago."""
    call_command("clearsessions")
    call_command("prune_db_task_results", min_age_days=14, verbosity=0)
