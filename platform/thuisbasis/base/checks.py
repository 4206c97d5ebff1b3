"""House rules as system checks: every page type is complete before it can be used."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.encoding import force_str
from wagtail.models import get_page_models

from thuisbasis.base.models import BasePage


@register("thuisbasis")
def pages_follow_the_house_rules(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Return an error for each page type without template or audience, or field without help."""
    errors: list[CheckMessage] = []
    for model in get_page_models():
        if issubclass(model, BasePage) and model.is_creatable:
            errors += [*_template_errors(model), *_field_errors(model)]
    return errors


def _template_errors(model: type[BasePage]) -> list[CheckMessage]:
    try:
        get_template(model.template)
    except TemplateDoesNotExist:
        return [Error(f"{model.__name__} has no template {model.template}.", obj=model, id="thuisbasis.E001")]
    return []


def _field_errors(model: type[BasePage]) -> list[CheckMessage]:
    names = {field.name for field in model._meta.get_fields()}
    errors: list[CheckMessage] = []
    if "audience" not in names and not model.always_public:
        errors.append(Error(f"{model.__name__} has no audience.", obj=model, id="thuisbasis.E002"))
    errors += [
        Error(f"{model.__name__}.{field.name} has no help text.", obj=model, id="thuisbasis.E003")
        for field in model._meta.local_fields
        if field.editable and not field.primary_key and not field.remote_field and not force_str(field.help_text)
    ]
    return errors
