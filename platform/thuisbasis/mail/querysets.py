"""Reads of the outbox."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q


class OutgoingMailQuerySet(models.QuerySet):
    """Mails, most often asked for what must go now."""

    def due(self, now: datetime) -> Self:
        """Keep what waits, is due and is not in the hands of a worker."""
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
        return self.filter(free, state="waiting", next_attempt_at__lte=now).order_by("next_attempt_at", "pk")

    def undeliverable(self) -> Self:
        """Keep what was given up: somebody has to look at these."""
        return self.filter(state="dead")

    def before(self, moment: datetime) -> Self:
        """Keep what was written before this moment and waits no longer."""
        return self.filter(created_at__lt=moment).exclude(state="waiting")
