"""`manage.py backup`: database and files, in a folder of its own."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from thuisbasis.config.backups import BackupFailed, make_backup


class Command(BaseCommand):
    """Makes a backup now; the worker makes one each night."""

    help = "Make a backup of the database and all files in a new folder; the newest fourteen stay."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder; by default the one of BACKUPS."""
        parser.add_argument("folder", nargs="?", type=Path, default=None)

    def handle(self, *args: Any, folder: Path | None, **options: Any) -> None:
        """Make it and say where it is; raises CommandError."""
        place = folder or (Path(settings.BACKUPS) if settings.BACKUPS else None)
        if place is None:
            raise CommandError("Name a folder, or set BACKUPS.")
        try:
            made = make_backup(folder=place, now=timezone.now())
        except BackupFailed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(made))
