"""A file that somebody shares: in quarantine until it is found clean, and never reachable by itself."""

import uuid
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from thuisbasis.files.querysets import PartialUploadQuerySet, StoredFileQuerySet


def private_storage() -> Storage:
    """Return the storage of what members share, which has no public address."""
    return storages["private"]


def anonymous_path(instance: Any, filename: str) -> str:
    """Return a path that says nothing about the file."""
    key = uuid.uuid4().hex
    return f"{key[:2]}/{key}"


class FileState(models.TextChoices):
    """Whether others may have the file."""

    WAITING = "waiting", _("wordt nagekeken")
    CLEAN = "clean", _("nagekeken")
    REFUSED = "refused", _("geweigerd")


class TextState(models.TextChoices):
    """Whether the words of the file can be searched."""

    WAITING = "waiting", _("wordt gelezen")
    READ = "read", _("doorzoekbaar")
    UNREADABLE = "unreadable", _("niet doorzoekbaar")


class StoredFile(models.Model):
    """One file, which never changes once it is stored; `checksum` is its SHA-256, `size` is in bytes.

    Nobody gets it before `state` is clean. `is_scanned` says whether a virus scanner saw it.
    `traces` names the kinds of personal data that its text seems to hold, never the data itself.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(upload_to=anonymous_path, storage=private_storage, max_length=200)
    name = models.CharField(max_length=200)
    extension = models.CharField(max_length=5)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    checksum = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=FileState.choices, default=FileState.WAITING, db_index=True)
    reason = models.CharField(max_length=300, blank=True)
    is_scanned = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    text_state = models.CharField(max_length=10, choices=TextState.choices, default=TextState.WAITING)
    traces = models.JSONField(default=list)
    created_at = models.DateTimeField()
    examined_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)

    objects = StoredFileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def is_clean(self) -> bool:
        """Say whether others may have it."""
        return self.state == FileState.CLEAN


class PartialUpload(models.Model):
    """A large file that arrives in parts; `received` bytes of `size` are here."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=300)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = PartialUploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received__lte=models.F("size")), name="no_more_arrives_than_was_said"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def folder(self) -> str:
        """Return where the parts are gathered, within the private storage."""
        return f"parts/{self.key.hex}"

    def is_complete(self) -> bool:
        """Say whether everything has arrived."""
        return self.received == self.size
