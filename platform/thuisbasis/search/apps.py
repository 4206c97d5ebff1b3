"""App configuration of search."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """One table of entries, one service that queries it."""

    name = "thuisbasis.search"
    label = "search"
    verbose_name = _("zoeken")

    def ready(self) -> None:
        """Listen to the accounts."""
        from thuisbasis.search import receivers

        receivers.connect()
