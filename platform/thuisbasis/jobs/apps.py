"""App configuration of the jobs."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Background and recurring work."""

    name = "thuisbasis.jobs"
    label = "jobs"
    verbose_name = _("taken op de achtergrond")

    def ready(self) -> None:
        """Declare the housekeeping that Django and Wagtail leave to a scheduler."""
        from thuisbasis.jobs import tasks
        from thuisbasis.jobs.registry import declare_recurring, every

        declare_recurring("publish what was planned", tasks.publish_scheduled, every(timedelta(minutes=1)))
        declare_recurring("tidy up", tasks.tidy_up, every(timedelta(days=1)))
