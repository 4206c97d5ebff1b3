"""Somebody's picture, for members only."""

from datetime import datetime
from typing import Any

from django.db import transaction

from members.portal.models import Profile
from thuisbasis.files.services import remove_file, store_portrait


@transaction.atomic
def change_photo(*, profile: Profile, file: Any, now: datetime) -> None:
    """Put another picture on a profile, or none; the old one is removed. Raises FileIsRefused or StorageIsFull."""
    before = profile.photo
    profile.photo = store_portrait(file=file, now=now) if file else None
    profile.save(update_fields=["photo"])
    if before is not None:
        remove_file(stored=before)
