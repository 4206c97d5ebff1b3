"""App configuration of the accounts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who can log in."""

    name = "thuisbasis.accounts"
    label = "accounts"
    verbose_name = _("accounts")

    def ready(self) -> None:
        """Listen at the door, and let the worker keep the log to its term."""
        from thuisbasis.accounts import personal_data, receivers, services
        from thuisbasis.jobs.registry import daily, declare_recurring

        personal_data.declare()
        receivers.connect()
        declare_recurring("forget old audit entries", services.forget_old_audit_entries, daily(4))
