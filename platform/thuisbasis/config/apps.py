"""Ties the other apps together, holds the demo's commands, and has Wagtail's apps without its API (decision 0033)."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from wagtail.contrib.redirects.apps import WagtailRedirectsAppConfig
from wagtail.documents.apps import WagtailDocsAppConfig
from wagtail.images.apps import WagtailImagesAppConfig
from wagtail.snippets.apps import WagtailSnippetsAppConfig

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


class _NoApi:
    """Takes what an app adds to the API, and does nothing with it."""

    def add_router(self, prefix: str, router: Any) -> None:
        pass


def _stand_in(name: str, **values: Any) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(values)
    return module


@contextmanager
def _without_api(app: str) -> Iterator[None]:
    """While the block lasts, let the app find nothing to load where its part of the API is."""
    nothing = {"router": None, "register_content_types": lambda: None}
    parts = [f"{app}.api.v3", f"{app}.api.v3.registry", f"{app}.api.v3.router"]
    stand_ins = {part: _stand_in(part, **nothing) for part in parts}
    stand_ins["wagtail.api.v3.api"] = _stand_in("wagtail.api.v3.api", api=_NoApi())
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


class WithoutApi:
    """An app of Wagtail that is ready without its part of the API."""

    name: str

    def ready(self) -> None:
        """Do what Wagtail's app does, but for loading and mounting its part of the API."""
        with _without_api(self.name):
            super().ready()  # type: ignore[misc]  # Wagtail's own, which stands behind this class


class Documents(WithoutApi, WagtailDocsAppConfig):
    """Documents."""


class Images(WithoutApi, WagtailImagesAppConfig):
    """Images."""


class Redirects(WithoutApi, WagtailRedirectsAppConfig):
    """Redirects."""


class Snippets(WithoutApi, WagtailSnippetsAppConfig):
    """Snippets."""
