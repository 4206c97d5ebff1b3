"""App configuration of the page store."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PageStoreConfig(AppConfig):
    """Public pages as files that a web server can send by itself."""

    name = "thuisbasis.page_store"
    label = "page_store"
    verbose_name = _("bewaarde pagina's")

    def ready(self) -> None:
        """Begin a new generation after every change, and once a minute because some pages know what time it is."""
        from thuisbasis.jobs.registry import declare_recurring, every
        from thuisbasis.page_store import receivers, tasks

        receivers.connect()
        declare_recurring("read public pages anew", tasks.read_anew, every(timedelta(minutes=1)))
