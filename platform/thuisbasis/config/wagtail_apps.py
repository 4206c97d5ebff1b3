"""Wagtail's apps without its API, which we do not offer (decision 0033)."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from wagtail.contrib.redirects.apps import WagtailRedirectsAppConfig
from wagtail.documents.apps import WagtailDocsAppConfig
from wagtail.images.apps import WagtailImagesAppConfig
from wagtail.snippets.apps import WagtailSnippetsAppConfig


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
