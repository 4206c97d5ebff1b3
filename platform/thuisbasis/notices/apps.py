"""App configuration of the notices."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """Notices and digests."""

    name = "thuisbasis.notices"
    label = "notices"
    verbose_name = _("berichten")

    def ready(self) -> None:
        """Let the worker send digests, and put the inbox on the dashboard."""
        from thuisbasis.jobs.registry import daily, declare_recurring
        from thuisbasis.notices import panels, personal_data, services

        panels.declare()
        personal_data.declare()
        declare_recurring("send digests", services.send_digests, daily(7))
        declare_recurring("mail waiting notices", services.mail_waiting_notices, services.EVERY_MINUTE)
        declare_recurring("forget old notices", services.forget_old_notices, daily(4))
