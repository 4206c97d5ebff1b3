"""App configuration of the network."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    """Care providers, practices, memberships, themes and audiences."""

    name = "thuisbasis.network"
    label = "network"
    verbose_name = _("netwerk")

    def ready(self) -> None:
        """Tell what is held about people, and listen to the accounts."""
        from thuisbasis.network import personal_data, receivers

        personal_data.declare()
        receivers.connect()
