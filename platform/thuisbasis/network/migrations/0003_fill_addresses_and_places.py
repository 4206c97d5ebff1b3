"""Gives existing care providers and practices an address of their own and a place on the map."""

from django.db import migrations
from django.utils.text import slugify

from thuisbasis.network.places import locate


def fill(apps, schema_editor):
    for name in ("CareProvider", "Practice"):
        taken = set()
        for row in apps.get_model("network", name).objects.order_by("pk"):
            base = slugify(row.name)[:90] or "praktijk"
            row.slug = next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if slug not in taken)
            taken.add(row.slug)
            if name == "Practice":
                row.latitude, row.longitude = locate(row.municipality, row.country) or (None, None)
            row.save()


class Migration(migrations.Migration):
    dependencies = [("network", "0002_people_and_public_practices")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
