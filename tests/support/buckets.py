"""Gives a test the bucket of the tests: options for a storage, and everything that the site keeps in it."""

import uuid
from pathlib import Path

from django.apps import apps
from django.core.files.storage import storages
from django.db import models

from thuisbasis.config.settings.storage import storages_in


def folder_of_its_own():
    """Return the name of a folder in the bucket that no other test has."""
    return f"test-{uuid.uuid4().hex[:12]}"


def keep_everything_in(options, folder, settings, monkeypatch):
    """Let each file field of the site keep its files there, for as long as the test takes."""
    names = {storages[alias].location: alias for alias in settings.STORAGES if alias != "staticfiles"}
    kinds = storages_in(Path("nowhere"), options, "/media/")
    for alias in names.values():
        kinds[alias]["OPTIONS"]["location"] = f"{folder}/{alias}"
    settings.STORAGES = {**kinds, "staticfiles": settings.STORAGES["staticfiles"]}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField) and field.storage.location in names:
                monkeypatch.setattr(field, "storage", storages[names[field.storage.location]])
