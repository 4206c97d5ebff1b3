"""App configuration of the network."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    """Care providers, practices, memberships, themes and audiences."""

    name = "thuisbasis.network"
    label = "network"
    verbose_name = _("netwerk")
