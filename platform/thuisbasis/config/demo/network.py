"""Loads the demo's themes, care providers and practices."""

from pathlib import Path

import yaml
from wagtail.models import Locale

from thuisbasis.network.models import CareProvider, Practice, Theme

DATA = Path(__file__).parent / "data"


def load_network() -> None:
    """Create what is not there yet."""
    data = yaml.safe_load((DATA / "network.yaml").read_text(encoding="utf-8"))
    locale = Locale.get_default()
    for order, (slug, name, description) in enumerate(data["themes"]):
        Theme.objects.get_or_create(
            locale=locale, slug=slug, defaults={"name": name, "description": description, "sort_order": order}
        )
    for provider in data["providers"]:
        invented = provider.get("invented", False)
        care_provider, _created = CareProvider.objects.get_or_create(
            name=provider["name"], defaults={"is_invented": invented}
        )
        for practice in provider["practices"]:
            Practice.objects.get_or_create(
                name=practice["name"],
                defaults={
                    "care_provider": care_provider,
                    "municipality": practice.get("municipality", ""),
                    "province": practice.get("province", ""),
                    "municipalities_served": practice.get("served", ""),
                    "email": practice.get("email", ""),
                    "phone": practice.get("phone", ""),
                    "is_invented": invented,
                },
            )
