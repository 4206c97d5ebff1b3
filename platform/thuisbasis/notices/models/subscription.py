"""What somebody wants to hear of, and how often."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Frequency(models.TextChoices):
    """How often."""

    AT_ONCE = "at_once", _("meteen")
    DAILY = "daily", _("elke dag, als er iets is")
    WEEKLY = "weekly", _("elke maandag, als er iets is")
    NEVER = "never", _("nooit")


class Subscription(models.Model):
    """One topic for one person; `sent_through` is the moment until which he or she was told."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions")
    topic = models.CharField(max_length=40)
    frequency = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.WEEKLY)
    sent_through = models.DateTimeField(null=True)

    class Meta:
        ordering = ["user", "topic"]
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="one_subscription_per_topic")]

    def __str__(self) -> str:
        return f"{self.topic}: {self.get_frequency_display()}"
