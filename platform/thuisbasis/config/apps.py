"""Makes the composition root an app, so that it can hold the demo's commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The composition root; it has no models of its own."""

    name = "thuisbasis.config"
    label = "config"
