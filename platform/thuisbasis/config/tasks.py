"""Recurring work of the site as a whole."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from thuisbasis.config.backups import make_backup


@task()
def back_up() -> str:
    """Make the backup of this night, and return where it is; nothing happens without BACKUPS. Raises BackupFailed."""
    if not settings.BACKUPS:
        return ""
    return str(make_backup(folder=Path(settings.BACKUPS), now=timezone.now()))
