"""App configuration of the agenda."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Events, seats and what they leave behind."""

    name = "events"
    verbose_name = _("agenda")

    def ready(self) -> None:
        """Listen to the floors below, put the agenda where it belongs, and let queues and reminders move on."""
        from events import panels, personal_data, receivers, services
        from thuisbasis.jobs.registry import daily, declare_recurring, every

        receivers.connect()
        panels.declare()
        personal_data.declare()
        minute = every(timedelta(minutes=1))
        declare_recurring("keep queues moving", services.keep_queues_moving, minute)
        declare_recurring("remind participants", services.remind, minute)
        declare_recurring("forget participants", services.forget, daily(4))
