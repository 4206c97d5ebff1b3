"""PDF and plain text: the two that need no unpacking."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from .archives import has_archive_at_end
from .errors import FileIsRefused

# Names in a PDF may be written with hexadecimal escapes (ISO 32000-1, section 7.3.5).
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)(?=[\s/<(\[])")
ENCRYPTED = re.compile(rb"/Encrypt(?=[\s/<])")
MARKUP = re.compile(rb"<\s*(!doctype\s+html|html|head|body|script|svg|iframe|\?php|\?xml|%)", re.IGNORECASE)
SCRIPT = re.compile(rb"^\s*(#!|@echo off|powershell|import os|<\?)", re.IGNORECASE)
OVERLAP = 64
CHUNK = 1024 * 1024


def inspect_pdf(file: BinaryIO) -> str:
    """Return the media type of a PDF; raises FileIsRefused for another kind, or one that does things by itself."""
    size = file.seek(0, 2)
    file.seek(0)
    if file.read(5) != b"%PDF-":
        raise FileIsRefused(_("Dit is van binnen geen PDF. Sla het document opnieuw op als PDF."))
    file.seek(max(0, size - 2048))
    if b"%%EOF" not in file.read():
        raise FileIsRefused(_("Deze PDF is niet compleet. Sla het document opnieuw op als PDF."))
    if has_archive_at_end(file):
        raise FileIsRefused(_("Achter deze PDF zit nog een ander bestand. Sla het document opnieuw op als PDF."))
    for part in _parts(file):
        if ENCRYPTED.search(part):
            raise FileIsRefused(_("Deze PDF is beveiligd met een wachtwoord. Haal dat eraf en deel hem opnieuw."))
        if ACTIVE.search(part):
            raise FileIsRefused(active_pdf())
    return "application/pdf"


def active_pdf() -> str:
    """Return why a PDF with a script, an attachment or a command is refused."""
    return _("In deze PDF zit een script of een ander bestand. Druk hem af naar een nieuwe PDF en deel die.")


def _parts(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    before = b""
    while chunk := file.read(CHUNK):
        text = ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), before + chunk)
        yield text
        before = chunk[-OVERLAP:]


def inspect_text(extension: str, file: BinaryIO) -> str:
    """Return the media type of a text or CSV file; raises FileIsRefused for what is no text, or is a program."""
    file.seek(0)
    first = file.read(4096)
    if MARKUP.search(first) or SCRIPT.search(first):
        raise FileIsRefused(_("Dit is een webpagina of een programma, geen gewone tekst."))
    if has_archive_at_end(file):
        raise FileIsRefused(_("In dit tekstbestand zit nog een ander bestand."))
    for part in _pieces(file):
        if any(byte < 32 and byte not in (9, 10, 12, 13) for byte in part.translate(None, _PRINTABLE)):
            raise FileIsRefused(_("Dit is geen tekstbestand. Sla het op als tekst (UTF-8) of als PDF."))
    return "text/csv" if extension == "csv" else "text/plain"


_PRINTABLE = bytes([9, 10, 12, 13, *range(32, 256)])


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk
