"""Who is at work, and what comes again."""

from django.db import models


class WorkerBeat(models.Model):
    """A worker that says "I am alive"; its work is handed on when it stops saying so."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    beat_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.worker_id


class RecurringJob(models.Model):
    """When a declared piece of recurring work is due; one row, so that two workers start it once."""

    name = models.CharField(max_length=80, primary_key=True)
    next_run_at = models.DateTimeField()
    last_run_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
