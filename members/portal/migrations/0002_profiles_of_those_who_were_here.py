"""Whoever has an account already gets a profile."""

from django.conf import settings
from django.db import migrations
from django.utils.text import slugify


def add_profiles(apps, schema_editor):
    User = apps.get_model(settings.AUTH_USER_MODEL)
    Profile = apps.get_model("portal.Profile")
    for user in User.objects.filter(profile=None).order_by("pk"):
        base = slugify(f"{user.first_name} {user.last_name}") or "lid"
        slug, number = base, 2
        while Profile.objects.filter(slug=slug).exists():
            slug, number = f"{base}-{number}", number + 1
        Profile.objects.create(user=user, slug=slug)


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]

    operations = [migrations.RunPython(add_profiles, migrations.RunPython.noop)]
