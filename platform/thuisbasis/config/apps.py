"""Makes the composition root an app, so that it can hold the demo's commands and tie the apps together."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

# No page for everybody shows anything of these: apps, and models of apps that are public otherwise.
NEVER_PUBLIC = (
    *("account", "accounts", "mfa", "socialaccount", "usersessions", "sessions", "auth", "contenttypes"),
    *("jobs", "django_tasks_database", "mail", "notices", "search", "wagtailsearchpromotions"),
    *("assessments", "exchange", "library", "portal"),
    *("wagtailadmin", "wagtailusers", "wagtail_localize", "files.partialupload"),
    *("events.calendarfeed", "events.givenanswer", "events.reminder", "events.mailing", "events.attendance"),
    *("wagtailcore.comment", "wagtailcore.commentreply", "wagtailcore.modellogentry", "wagtailcore.pagelogentry"),
    *("wagtailcore.pagesubscription", "wagtailcore.referenceindex", "wagtailcore.revision"),
    *("wagtailcore.taskstate", "wagtailcore.uploadedfile", "wagtailcore.workflowstate"),
)


class ConfigConfig(AppConfig):
    """The composition root; it has no models of its own."""

    name = "thuisbasis.config"
    label = "config"

    def ready(self) -> None:
        """Register what libraries hold about people, and set up the groups after the last migration."""
        from thuisbasis.config import personal_data, tasks
        from thuisbasis.jobs.registry import daily, declare_recurring
        from thuisbasis.page_store.registry import declare_private

        personal_data.declare()
        declare_recurring("back up", tasks.back_up, daily(3))
        declare_private(*NEVER_PUBLIC)
        # Django tells each app in turn; the tables of the accounts' sessions come last.
        post_migrate.connect(_after_migrations, sender=apps.get_app_config("sessions"))


def _after_migrations(plan: Any = None, **kwargs: Any) -> None:
    """Set the rights again whenever migrations ran forward."""
    from thuisbasis.config.services import set_up_groups

    if plan and not any(backwards for _migration, backwards in plan):
        set_up_groups()
