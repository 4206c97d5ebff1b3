"""App configuration of the exchange."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """Questions, announcements and proposals."""

    name = "members.exchange"
    label = "exchange"
    verbose_name = _("vragen en antwoorden")

    def ready(self) -> None:
        """Declare what there is to see, find and tell, and listen to the editors."""
        from members.exchange import panels, personal_data, receivers, services
        from members.exchange.services import searchable
        from thuisbasis.jobs.registry import daily, declare_recurring

        receivers.connect()
        panels.declare()
        personal_data.declare()
        searchable.declare()
        declare_recurring("ask theme experts", services.ask_theme_experts, daily(10))
