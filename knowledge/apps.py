"""App configuration of the knowledge site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    """Public knowledge; declares its content searchable when it is ready."""

    name = "knowledge"
    verbose_name = _("kennis")

    def ready(self) -> None:
        """Connect the receivers that keep search in step, and name what most visitors ask for."""
        from knowledge import receivers
        from knowledge.services import front_addresses
        from thuisbasis.page_store.registry import declare_fronts

        receivers.connect()
        declare_fronts(front_addresses)
