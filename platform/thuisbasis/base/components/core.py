"""What all components share: a typed class, a template of the same name, examples."""

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, ClassVar, Self

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from laces.components import Component


class SiteComponent(Component):
    """A dataclass that renders `templates/components/<its name>.html` with its fields.

    Public properties listed in `computed` are available in the template too.
    """

    computed: ClassVar[tuple[str, ...]] = ()
    # What it shows depends on its fields and the language alone: it is drawn once, however often it is shown.
    is_drawn_once: ClassVar[bool] = False

    def render_html(self, parent_context: Any = None) -> SafeString:
        """Return the component as HTML."""
        if not self.is_drawn_once:
            return super().render_html(parent_context)
        drawn: dict[str | None, SafeString] = self.__dict__.setdefault("_drawn", {})
        language = get_language()
        if language not in drawn:
            drawn[language] = super().render_html()
        return drawn[language]

    @property
    def template_name(self) -> str:
        """Return the template with the component's own name, in snake case."""
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()
        return f"components/{name}.html"

    def get_context_data(self, parent_context: Any = None) -> Mapping[str, Any]:
        """Return the fields and computed properties, and the request when there is one."""
        names = [field.name for field in fields(self)]
        context = {name: getattr(self, name) for name in (*names, *self.computed)}
        if parent_context is not None and "request" in parent_context:
            context["request"] = parent_context["request"]
        return context

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the states that the gallery shows, by their (Dutch) name."""
        raise TypeError(f"{cls.__name__} shows no examples")


def all_components() -> list[type[SiteComponent]]:
    """Return every component, in alphabetical order."""
    return sorted(SiteComponent.__subclasses__(), key=lambda component: component.__name__)
