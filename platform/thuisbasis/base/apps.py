"""App configuration of the base."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Registers the house rules as system checks."""

    name = "thuisbasis.base"
    label = "base"

    def ready(self) -> None:
        """Load the checks, so that `manage.py check` runs them."""
        from thuisbasis.base import checks  # noqa: F401 (registers on import)
