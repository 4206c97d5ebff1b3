"""Sound and video of our own, stored where no web server reaches it by itself."""

import hashlib
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import Storage, storages
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from thuisbasis.files.probing import RecordingCannotBeRead, measure

LOUDNESS_GOAL = {1: -19.0, 2: -16.0}
LOUDNESS_MARGIN = 1.0
HIGHEST_PEAK = -1.0


def recording_storage() -> Storage:
    """Return the storage of recordings, which has no public address."""
    return storages["recordings"]


class Recording(index.Indexed, models.Model):
    """A file with sound or video; `key` names it in its address, whatever file it holds.

    Everything that is measured is read from the file when it is stored: duration in seconds,
    size in bytes, bitrate in kbit/s, loudness in LUFS and true peak in dBTP.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(
        _("titel"), max_length=160, help_text=_("Hoe herken je deze opname later terug? Staat niet op de site.")
    )
    file = models.FileField(
        _("bestand"),
        upload_to="%Y/%m",
        storage=recording_storage,
        max_length=200,
        help_text=_("Geluid als MP3 of M4A, video als MP4. We lezen zelf de duur, de soort en de grootte."),
    )
    media_type = models.CharField(max_length=40, editable=False)
    extension = models.CharField(max_length=4, editable=False)
    size = models.PositiveBigIntegerField(_("grootte"), default=0, editable=False)
    duration = models.FloatField(_("duur"), default=0, editable=False)
    bitrate = models.PositiveIntegerField(default=0, editable=False)
    channels = models.PositiveSmallIntegerField(default=1, editable=False)
    loudness = models.FloatField(null=True, editable=False)
    true_peak = models.FloatField(null=True, editable=False)
    checksum = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("toegevoegd"), auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("opname")
        verbose_name_plural = _("opnamen")

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Measure a new file and save; raises RecordingCannotBeRead for what is no recording."""
        if self._is_new_file():
            self._measure()
        super().save(*args, **kwargs)

    @property
    def is_video(self) -> bool:
        """Say whether there is something to see."""
        return self.media_type.startswith("video/")

    @property
    def url(self) -> str:
        """Return the address at which it is served; it ends as podcast apps expect."""
        name = slugify(self.title)[:60] or "opname"
        return reverse("recording_file", args=[self.key, name, self.extension])

    def clean(self) -> None:
        """Raise ValidationError at the file when it is not a recording that plays everywhere."""
        super().clean()
        if self._is_new_file():
            try:
                measure(str(self.file.name), self.file.file)
            except RecordingCannotBeRead as error:
                raise ValidationError({"file": str(error)}) from error

    def loudness_remarks(self) -> list[str]:
        """Return what a listener would hear as too loud or too soft; nothing when not measured."""
        remarks = []
        goal = LOUDNESS_GOAL.get(self.channels, LOUDNESS_GOAL[2])
        if self.loudness is not None and abs(self.loudness - goal) > LOUDNESS_MARGIN:
            remarks.append(
                gettext(
                    "De opname klinkt %(loudness).1f LUFS. Maak er %(goal)d LUFS van, dan hoeft niemand te draaien."
                )
                % {"loudness": self.loudness, "goal": goal}
            )
        if self.true_peak is not None and self.true_peak > HIGHEST_PEAK:
            remarks.append(
                gettext("De hardste piek is %(peak).1f dBTP en kan kraken. Blijf onder -1 dBTP.")
                % {"peak": self.true_peak}
            )
        return remarks

    def _is_new_file(self) -> bool:
        return bool(self.file) and (isinstance(self.file.file, UploadedFile) or not self.checksum)

    def _measure(self) -> None:
        file = self.file.file
        found = measure(str(self.file.name), file)
        self.media_type, self.extension = found.media_type, found.extension
        self.size, self.duration = found.size, found.duration
        self.bitrate, self.channels = found.bitrate, found.channels
        self.loudness = self.true_peak = None
        self.checksum = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
