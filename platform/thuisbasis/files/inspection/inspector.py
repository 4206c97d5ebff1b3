"""Asks of every file whether it may be shared, and as what."""

from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from .archives import has_archive_at_end
from .errors import FileIsRefused
from .names import clean_name, extension_of
from .office import ODF, OOXML, inspect_office
from .papers import inspect_pdf, inspect_text
from .pictures import FORMATS, inspect_picture

LARGEST_FILE = 100 * 1024 * 1024
LARGEST_FILE_TEXT = "100 MB"
SOUND = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "mp4": "video/mp4"}
OLD_OFFICE = {"doc": "docx", "dot": "docx", "rtf": "docx", "xls": "xlsx", "ppt": "pptx", "pps": "pptx"}
WITH_MACROS = ("docm", "dotm", "xlsm", "xltm", "xlsb", "pptm", "ppsm", "potm")
ARCHIVES = ("zip", "rar", "7z", "gz", "tar", "bz2", "xz", "iso")
MAGIC_ELSEWHERE = 1024


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """What a file is: its clean name, extension and media type; `data` replaces its bytes when it is not None."""

    name: str
    extension: str
    media_type: str
    data: bytes | None = None


def accepted_names() -> str:
    """Return the kinds that may be shared, as people say them."""
    return "PDF, Word, Excel, PowerPoint, OpenDocument, TXT, CSV, JPG, PNG, WebP, MP3, M4A, MP4"


def accepted_extensions() -> tuple[str, ...]:
    """Return the endings of names that may be shared."""
    return ("pdf", *OOXML, *ODF, "txt", "csv", *FORMATS, *SOUND)


def inspect(name: str, file: BinaryIO) -> Inspection:
    """Return what a file is, whatever its name says, leaving it at its start.

    The list of what may be shared is short, and the content decides. Memory stays within some
    hundred megabytes whatever the file claims to be. Raises FileIsRefused.
    """
    name = clean_name(name)
    extension = extension_of(name)
    size = file.seek(0, 2)
    if size == 0:
        raise FileIsRefused(_("Dit bestand is leeg."))
    if size > LARGEST_FILE:
        raise FileIsRefused(_("Dit bestand is groter dan %(most)s.") % {"most": LARGEST_FILE_TEXT})
    if extension not in accepted_extensions():
        raise FileIsRefused(_not_accepted(extension))
    _look_for_another_kind(extension, file)
    media_type, data = _media_type(name, extension, file)
    file.seek(0)
    return Inspection(name=name, extension=extension, media_type=media_type, data=data)


def _media_type(name: str, extension: str, file: BinaryIO) -> tuple[str, bytes | None]:
    if extension == "pdf":
        return inspect_pdf(file), None
    if extension in OOXML or extension in ODF:
        return inspect_office(extension, file), None
    if extension in FORMATS:
        return inspect_picture(extension, file)
    if extension in SOUND:
        return _sound(extension, file), None
    return inspect_text(extension, file), None


def _sound(extension: str, file: BinaryIO) -> str:
    file.seek(0)
    first = file.read(16)
    is_mp4 = first[4:8] == b"ftyp"
    is_mp3 = first[:3] == b"ID3" or (len(first) > 1 and first[0] == 0xFF and first[1] & 0xE6 in (0xE2, 0xE4))
    if not (is_mp3 if extension == "mp3" else is_mp4) or has_archive_at_end(file):
        raise FileIsRefused(_("Dit is geen geluid of video die overal speelt. Sla het op als MP3, M4A of MP4."))
    return SOUND[extension]


def _look_for_another_kind(extension: str, file: BinaryIO) -> None:
    """Refuse what can be read as two kinds of file: a PDF may begin anywhere in the first kilobyte."""
    file.seek(0)
    if extension != "pdf" and b"%PDF-" in file.read(MAGIC_ELSEWHERE):
        raise FileIsRefused(_("Dit bestand is van binnen een PDF. Geef het een naam die eindigt op .pdf."))


def _not_accepted(extension: str) -> str:
    if extension in OLD_OFFICE:
        text = _("Dit is een oud soort Office-bestand. Sla het op als %(new)s, of als PDF.")
        return text % {"new": OLD_OFFICE[extension]}
    if extension in WITH_MACROS:
        return _("In dit bestand kunnen macro's zitten. Sla het op zonder macro's, of als PDF.")
    if extension in ARCHIVES:
        return _("Een archief kunnen we niet nakijken. Pak het uit en deel de bestanden zelf.")
    return _("Dit soort bestand kun je niet delen. Wel: %(kinds)s.") % {"kinds": accepted_names()}
