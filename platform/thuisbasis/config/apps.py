"""Makes the composition root an app, so that it can hold the demo's commands and tie the apps together."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    """The composition root; it has no models of its own."""

    name = "thuisbasis.config"
    label = "config"

    def ready(self) -> None:
        """Register what libraries hold about people, and set up the groups after the last migration."""
        from thuisbasis.config import personal_data

        personal_data.declare()
        # Django tells each app in turn; the tables of the accounts' sessions come last.
        post_migrate.connect(_after_migrations, sender=apps.get_app_config("sessions"))


def _after_migrations(plan: Any = None, **kwargs: Any) -> None:
    """Set the rights again whenever migrations ran forward."""
    from thuisbasis.config.services import set_up_groups

    if plan and not any(backwards for _migration, backwards in plan):
        set_up_groups()
