"""What people write to each other, and how it is taken away when it says too much."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_POST = 5000


class PostModel(models.Model):
    """A mixin: a text of somebody; hidden, it is there for nobody but whoever may show it again."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("van"), on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("tekst"), max_length=LONGEST_POST)
    created_at = models.DateTimeField(_("geplaatst"))
    hidden_at = models.DateTimeField(_("verborgen"), null=True, blank=True)

    class Meta:
        abstract = True


class Report(models.Model):
    """Somebody says that a text should not be there; a coordinator hides it, or finds it all right."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    source_pk = models.PositiveBigIntegerField()
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("wat is er mis?"), max_length=300, blank=True)
    created_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["content_type", "source_pk", "reporter"], name="reported_once")]

    def __str__(self) -> str:
        return self.reason
