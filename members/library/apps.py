"""App configuration of the library."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    """Documents of practices."""

    name = "members.library"
    label = "library"
    verbose_name = _("documenten van leden")

    def ready(self) -> None:
        """Declare what there is to see, find, send and tell, and listen to files and network."""
        from members.library import finding, panels, personal_data, receivers, services
        from members.library.services import searchable
        from thuisbasis.jobs.registry import daily, declare_recurring

        receivers.connect()
        finding.declare()
        panels.declare()
        personal_data.declare()
        searchable.declare()
        declare_recurring("remind of reviews", services.remind_of_reviews, daily(8))
        declare_recurring("purge documents", services.purge_documents, daily(3))
