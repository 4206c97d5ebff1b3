"""`manage.py restore FOLDER`: puts a backup back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from thuisbasis.config.backups import RestoreRefused, restore_backup


class Command(BaseCommand):
    """Puts one backup back and proves that it is whole."""

    help = "Put a backup back on an empty machine: database, files, search."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the backup, and whether it may replace what is there."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--over-what-is-there", action="store_true")

    def handle(self, *args: Any, folder: Path, over_what_is_there: bool, **options: Any) -> None:
        """Put it back, telling each step; raises CommandError."""
        try:
            restore_backup(folder=folder, over_what_is_there=over_what_is_there, tell=self._tell)
        except RestoreRefused as error:
            raise CommandError(str(error)) from error
        self._tell("Everything is there.")

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
