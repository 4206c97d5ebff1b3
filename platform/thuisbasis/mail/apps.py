"""App configuration of the mail."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    """The outbox."""

    name = "thuisbasis.mail"
    label = "mail"
    verbose_name = _("post")

    def ready(self) -> None:
        """Let the worker look for mail that waits, besides the task that each new mail brings along."""
        from thuisbasis.jobs.registry import daily, declare_recurring, every
        from thuisbasis.mail import services

        declare_recurring("deliver waiting mail", services.deliver_waiting, every(timedelta(seconds=20)))
        declare_recurring("forget old mail", services.forget_old, daily(3))
