"""App configuration of the files."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """Files: how they come in, where they stay and who gets them."""

    name = "thuisbasis.files"
    label = "files"
    verbose_name = _("bestanden")

    def ready(self) -> None:
        """Say which files there are, and let the worker look at those in quarantine."""
        from thuisbasis.files import checks, finding, personal_data, services
        from thuisbasis.jobs.registry import daily, declare_recurring, every

        checks.connect()
        finding.declare()
        personal_data.declare()
        declare_recurring("examine waiting files", services.examine_waiting, every(timedelta(seconds=30)))
        declare_recurring("forget old uploads", services.forget_old_uploads, every(timedelta(hours=1)))
        declare_recurring("forget stray files", services.forget_stray_files, daily(4))
