"""Reads of the notices."""

from datetime import datetime
from typing import Any, Self

from django.db import models


class NoticeQuerySet(models.QuerySet):
    """Notices, most often of one person."""

    def of(self, user: Any) -> Self:
        """Keep one person's own."""
        return self.filter(user=user)

    def unread(self) -> Self:
        """Keep what was not read."""
        return self.filter(read_at__isnull=True)

    def to_mail(self) -> Self:
        """Keep what a mail is still due for, oldest first."""
        return self.filter(mailed_at__isnull=True, user__is_active=True).order_by("pk")

    def before(self, moment: datetime) -> Self:
        """Keep what happened before this moment."""
        return self.filter(created_at__lt=moment)
