"""Reads of the files."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q


class StoredFileQuerySet(models.QuerySet):
    """Shared files, most often asked for what the worker must still look at."""

    def to_examine(self, now: datetime) -> Self:
        """Keep what is in quarantine and not in the hands of a worker, oldest first."""
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
        return self.filter(free, state="waiting").order_by("pk")


class PartialUploadQuerySet(models.QuerySet):
    """Uploads that are not complete."""

    def given_up(self, before: datetime) -> Self:
        """Keep those in which nothing arrived since this moment."""
        return self.filter(changed_at__lt=before)
