"""Loads the demo's themes, care providers and practices."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone
from wagtail.models import Locale

from thuisbasis.network.models import CareProvider, Practice, TargetGroup, Theme

DATA = Path(__file__).parent / "data"


def load_network() -> None:
    """Create what is not there yet."""
    data = yaml.safe_load((DATA / "network.yaml").read_text(encoding="utf-8"))
    locale = Locale.get_default()
    for order, (slug, name, description) in enumerate(data["themes"]):
        Theme.objects.get_or_create(
            locale=locale, slug=slug, defaults={"name": name, "description": description, "sort_order": order}
        )
    for order, (slug, name) in enumerate(data["target_groups"]):
        TargetGroup.objects.get_or_create(slug=slug, defaults={"name": name, "sort_order": order})
    for provider in data["providers"]:
        values = {"is_invented": provider.get("invented", False), "description": provider.get("description", "")}
        care_provider, _created = CareProvider.objects.get_or_create(name=provider["name"], defaults=values)
        for practice in provider["practices"]:
            _load_practice(care_provider, practice)


def _load_practice(care_provider: CareProvider, data: dict[str, Any]) -> None:
    names = ("municipality", "province", "email", "phone", "approach")
    confirmed = data.get("confirmed")
    practice, is_new = Practice.objects.get_or_create(
        name=data["name"],
        defaults={
            "care_provider": care_provider,
            "municipalities_served": data.get("served", ""),
            "target_group": data.get("for", ""),
            "country": data.get("country", "NL"),
            "in_network": data.get("in_network", True),
            "confirmed_date": confirmed and timezone.localdate() - timedelta(days=confirmed),
            "is_invented": care_provider.is_invented,
            **{name: data.get(name, "") for name in names},
        },
    )
    if is_new:
        practice.target_groups.set(TargetGroup.objects.filter(slug__in=data.get("groups", [])))
        practice.save()
