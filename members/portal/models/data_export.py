"""A copy of everything that we hold about somebody, made on request."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DataExport(models.Model):
    """A ZIP that waits for its owner for a week."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_exports")
    requested_at = models.DateTimeField(_("aangevraagd"))
    ready_at = models.DateTimeField(_("klaar"), null=True)
    content = models.BinaryField(blank=True)

    class Meta:
        ordering = ["-requested_at"]
        verbose_name = _("opgehaalde gegevens")
        verbose_name_plural = _("opgehaalde gegevens")

    def __str__(self) -> str:
        return f"{self.requested_at:%Y-%m-%d %H:%M}"
