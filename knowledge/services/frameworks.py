"""Brings a framework in from its data file."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from knowledge.models import ElementKind, Framework, FrameworkElement

FORMAT = "thuisbasis-framework/1"
GROUPS = (("results", ElementKind.RESULT), ("actions", ElementKind.ACTION), ("anchors", ElementKind.ANCHOR_POINT))


class FrameworkDataIsWrong(ValueError):
    """The data is not a framework, or does not hold what it says it holds."""


@transaction.atomic
def import_framework(*, data: Mapping[str, Any], version: int = 1) -> Framework:
    """Create or update a framework version from its data and return it.

    Elements are matched by code, so that pages stay tagged to them. The counts in the data
    (`framework.counts`) are checked; raises FrameworkDataIsWrong when they do not hold.
    """
    if data.get("format") != FORMAT:
        raise FrameworkDataIsWrong(f"The data is not of the format {FORMAT}.")
    head = data["framework"]
    framework, _created = Framework.objects.update_or_create(
        code=head["code"],
        version=version,
        defaults={"title": head["title"], "source": head.get("source", "")},
    )
    parents: dict[str, FrameworkElement] = {}
    for order, (parent_code, values) in enumerate(_elements(data)):
        element, _created = FrameworkElement.objects.update_or_create(
            framework=framework,
            code=values["code"],
            defaults={
                "parent": parents.get(parent_code),
                "slug": _slug(framework, values),
                "sort_order": order,
                **{key: value for key, value in values.items() if key != "code"},
            },
        )
        parents[element.code] = element
    _check_counts(framework, head.get("counts", {}))
    return framework


def _elements(data: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each element's values with its parent's code ("" for none), parents first."""
    for condition in data["conditions"]:
        code = condition["code"]
        yield "", _values(condition, ElementKind.CONDITION)
        yield code, {**_values(condition["value"], ElementKind.VALUE), "code": f"{code}.W"}
        for group, kind in GROUPS:
            for item in condition[group]:
                yield code, _values(item, kind)
    for principle in data["principles"]:
        yield "", _values(principle, ElementKind.PRINCIPLE)
        for point in principle["points"]:
            yield principle["code"], {**_values(point, ElementKind.STATEMENT), "label": point["text"]}


def _values(item: Mapping[str, Any], kind: ElementKind) -> dict[str, Any]:
    return {
        "code": item.get("code", ""),
        "kind": kind,
        "label": item.get("label", ""),
        "description": item.get("description", ""),
        "is_starred": item.get("starred", False),
    }


def _slug(framework: Framework, values: Mapping[str, Any]) -> str:
    """Return an address that no other element of the framework has."""
    slug = slugify(values["label"])[:100] or slugify(values["code"])
    taken = framework.elements.exclude(code=values["code"]).filter(slug=slug).exists()
    return f"{slug}-{slugify(values['code'])}" if taken else slug


def _check_counts(framework: Framework, promised: Mapping[str, int]) -> None:
    kinds = {
        "conditions": ElementKind.CONDITION,
        "results": ElementKind.RESULT,
        "actions": ElementKind.ACTION,
        "anchors": ElementKind.ANCHOR_POINT,
        "principles": ElementKind.PRINCIPLE,
    }
    found = {name: framework.elements.filter(kind=kind).count() for name, kind in kinds.items()}
    found["starred"] = framework.elements.filter(is_starred=True).count()
    wrong = [f"{name}: {found[name]} instead of {count}" for name, count in promised.items() if found[name] != count]
    if wrong:
        raise FrameworkDataIsWrong("The counts differ: " + ", ".join(wrong))
