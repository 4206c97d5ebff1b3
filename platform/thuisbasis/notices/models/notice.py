"""One thing that happened, for one person."""

from django.conf import settings
from django.db import models

from thuisbasis.notices.querysets import NoticeQuerySet


class Notice(models.Model):
    """That something happened; what, is asked anew each time, so that it never says more than the reader may see."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    source_pk = models.PositiveBigIntegerField()
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    # Empty while it is still to be decided whether a mail goes out.
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "source_pk"], name="told_once"),
        ]
        indexes = [models.Index(fields=["user", "read_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_pk}"
