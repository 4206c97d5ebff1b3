"""The worker's look at each file: harmful or not, which words, and whose data might be in it."""

from datetime import datetime, timedelta
from enum import Enum
from typing import BinaryIO, cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from thuisbasis.base.storages import on_disk
from thuisbasis.files.extraction import Extraction, extract
from thuisbasis.files.inspection.papers import active_pdf
from thuisbasis.files.models import FileState, StoredFile, TextState
from thuisbasis.files.scanning import ScannerCannotBeReached, is_listening, scan
from thuisbasis.files.signals import file_examined
from thuisbasis.network.traces import find_traces

# A worker that holds a file longer than this is taken for dead: scan and reading end within it.
LEASE = timedelta(minutes=2)
AGAIN_AFTER = timedelta(seconds=30)
WITHOUT_WORDS = ("jpg", "jpeg", "png", "webp", "mp3", "m4a", "mp4")


class ScannerState(Enum):
    """What an administrator should know of the virus scanner."""

    LISTENING = "listening"
    SILENT = "silent"
    ABSENT_AND_REQUIRED = "absent and required"
    ABSENT_AND_ACCEPTED = "absent and accepted"


class _NoVerdict(Exception):
    """Nobody can say whether the file is clean: it stays where it is."""


def scanner_state() -> ScannerState:
    """Say whether the scanner answers, and what happens to files without one."""
    if settings.CLAMD_URL:
        return ScannerState.LISTENING if is_listening(settings.CLAMD_URL) else ScannerState.SILENT
    return ScannerState.ABSENT_AND_ACCEPTED if settings.SERVE_UNSCANNED else ScannerState.ABSENT_AND_REQUIRED


@task()
def examine_file(file_id: int) -> bool:
    """Examine a file that was just shared."""
    return examine(file_id=file_id, now=timezone.now())


@task()
def examine_waiting() -> int:
    """Examine what is still in quarantine: after a stop of the scanner, or the death of a worker."""
    waiting = list(StoredFile.objects.to_examine(timezone.now()).values_list("pk", flat=True)[:50])
    return sum(examine(file_id=file_id, now=timezone.now()) for file_id in waiting)


def examine(*, file_id: int, now: datetime) -> bool:
    """Scan a file, read its words and let it out of quarantine or refuse it; say whether that happened.

    Doing it twice changes nothing. Without a verdict of the scanner the file stays in quarantine.
    """
    if not StoredFile.objects.to_examine(now).filter(pk=file_id).update(leased_until=now + LEASE):
        return False
    stored = StoredFile.objects.get(pk=file_id)
    try:
        found, is_scanned = _scan(stored)
    except _NoVerdict:
        StoredFile.objects.filter(pk=file_id).update(leased_until=now + AGAIN_AFTER)
        return False
    extraction = Extraction(text=None) if found else _read(stored)
    reason = _reason(found, extraction)
    _note(stored, extraction, reason=reason, is_scanned=is_scanned, now=now)
    return True


def _scan(stored: StoredFile) -> tuple[str, bool]:
    """Return what was found ("" for nothing), and whether a scanner looked; raises _NoVerdict."""
    if not settings.CLAMD_URL:
        if settings.SERVE_UNSCANNED:
            return "", False
        raise _NoVerdict
    try:
        with stored.file.open("rb") as file:
            return scan(cast("BinaryIO", file), settings.CLAMD_URL).found, True
    except ScannerCannotBeReached as error:
        raise _NoVerdict from error


def _read(stored: StoredFile) -> Extraction:
    if stored.extension in WITHOUT_WORDS:
        return Extraction(text=None)
    with on_disk(stored.file) as path:
        return extract(path, stored.extension)


def _reason(found: str, extraction: Extraction) -> str:
    # Whoever shared it reads this later, in a language that is not known here.
    with translation.override(settings.LANGUAGE_CODE):
        if found:
            return _("De virusscanner vond hierin iets schadelijks (%(found)s).") % {"found": found}
        return active_pdf() if extraction.is_active else ""


@transaction.atomic
def _note(stored: StoredFile, extraction: Extraction, *, reason: str, is_scanned: bool, now: datetime) -> None:
    locked = StoredFile.objects.select_for_update().get(pk=stored.pk)
    if locked.state != FileState.WAITING:
        return
    has_words = extraction.text is not None and not reason
    locked.state = FileState.REFUSED if reason else FileState.CLEAN
    locked.reason = reason
    locked.is_scanned = is_scanned
    locked.text = (extraction.text or "") if has_words else ""
    locked.text_state = TextState.READ if locked.text.strip() else TextState.UNREADABLE
    locked.traces = sorted({trace.kind for trace in find_traces(locked.text)})
    locked.examined_at, locked.leased_until = now, None
    name = str(locked.file.name)
    if reason:
        locked.file = ""
        transaction.on_commit(lambda: stored.file.storage.delete(name))
    locked.save()
    file_examined.send(sender=StoredFile, stored_file=locked)
