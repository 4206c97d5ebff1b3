"""Imports documents as draft practice articles."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.services import ThereIsNoPlaceForArticles, import_document
from thuisbasis.files.reading import FileCannotBeRead


class Command(BaseCommand):
    """`manage.py import_document FILE…`: one draft per file, and a report of each."""

    help = "Turn .txt, .html, .docx and .pdf files into draft practice articles."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one or more files."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import each file, telling how far it is; exit with 1 when any was refused."""
        files = options["files"]
        refused = 0
        for number, file in enumerate(files, start=1):
            self.stdout.write(f"[{number}/{len(files)}] ", ending="")
            refused += not self._import(file)
            self.stdout.flush()
        if refused:
            self.stderr.write(_("Geweigerde bestanden: %(count)d. Daarvan is niets opgeslagen.") % {"count": refused})
            sys.exit(1)

    def _import(self, file: Path) -> bool:
        """Import one file, print its report and say whether it went well."""
        try:
            report = import_document(name=file.name, data=file.read_bytes(), now=timezone.now())
        except OSError:
            self.stdout.write(f"{file.name}: " + _("dit bestand kunnen we niet openen."))
        except (FileCannotBeRead, ThereIsNoPlaceForArticles) as error:
            self.stdout.write(f"{file.name}: {error}")
        else:
            self.stdout.write(report.as_line())
            for line in report.dropped:
                self.stdout.write(f"      {_('weggelaten')}: {line[:100]}")
            for remark in report.remarks:
                self.stdout.write(f"      {remark}")
            return True
        return False
