"""Office files are ZIP archives: opens one without trusting what it says about itself."""

import zipfile
import zlib
from typing import BinaryIO

from django.utils.translation import gettext as _

from .errors import FileIsRefused

MOST_ENTRIES = 500
LARGEST_UNPACKED = 200 * 1024 * 1024
CHUNK = 256 * 1024
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
END = b"PK\x05\x06"
END_LENGTH = 22
TAIL = 65_557
# What Python raises for an archive that is not what it says, is locked, or is packed in a way that it does not know.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


def has_archive_at_end(file: BinaryIO) -> bool:
    """Say whether a ZIP archive hides behind another kind of file: its end stands in the last 64 kB."""
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL))
    return END in file.read()


def open_archive(file: BinaryIO) -> zipfile.ZipFile:
    """Return the archive after looking at its outside; raises FileIsRefused.

    It must begin at the first byte and end at the last, so that it is nothing else besides, and
    its list of parts must be short, plain and unencrypted.
    """
    size = file.seek(0, 2)
    file.seek(max(0, size - END_LENGTH))
    ends_here = file.read()[:4] == END
    file.seek(0)
    if not file.read(4) == b"PK\x03\x04" or not ends_here:
        raise FileIsRefused(_("Dit bestand is beschadigd, of er zit nog een ander bestand aan vast."))
    try:
        archive = zipfile.ZipFile(file)
    except DAMAGE as error:
        raise FileIsRefused(_("Dit bestand is beschadigd. Sla het opnieuw op en probeer het nog eens.")) from error
    _look_at_list(archive.infolist())
    return archive


def _look_at_list(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_ENTRIES:
        raise FileIsRefused(_("Dit bestand bestaat uit meer dan 500 delen. Maak er twee van, of sla het op als PDF."))
    names = [part.filename for part in parts]
    if len(set(names)) != len(names) or any(_leads_outside(name) for name in names):
        raise FileIsRefused(_("Dit bestand is van binnen anders dan het hoort. Sla het opnieuw op."))
    if any(part.flag_bits & 1 for part in parts):
        raise FileIsRefused(_("Dit bestand is versleuteld. Haal het wachtwoord eraf: dan kunnen we het nakijken."))
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise FileIsRefused(_unpacked_too_large())


def _leads_outside(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def read_every_part(archive: zipfile.ZipFile) -> None:
    """Unpack everything, a little at a time and keeping nothing; raises FileIsRefused.

    Lengths in the list may lie: what comes out is counted, and checked against its checksum.
    Parts that are programs or archives of their own are refused.
    """
    room = LARGEST_UNPACKED
    for part in archive.infolist():
        try:
            room -= _read_part(archive, part, room)
        except DAMAGE as error:
            raise FileIsRefused(_("Dit bestand is beschadigd. Sla het opnieuw op en probeer het nog eens.")) from error


def _read_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> int:
    """Return how many bytes come out of a part; raises FileIsRefused when it is more than there is room for."""
    with archive.open(part) as unpacked:
        first = unpacked.read(CHUNK)
        _look_at_part(part.filename, first)
        length = len(first)
        while chunk := unpacked.read(CHUNK):
            length += len(chunk)
            if length > room:
                raise FileIsRefused(_unpacked_too_large())
    return length


def _unpacked_too_large() -> str:
    return _("Uitgepakt is dit bestand groter dan 200 MB. Maak de beelden erin kleiner.")


def _look_at_part(name: str, first: bytes) -> None:
    if first.startswith(PROGRAMS) and not name.endswith((".xml", ".rels", ".txt")):
        raise FileIsRefused(_("In dit bestand zit een programma. Haal het eruit en probeer het nog eens."))
    is_embedded_office = "/embeddings/" in name and name.endswith((".docx", ".xlsx", ".pptx"))
    if first.startswith(ARCHIVES) and not is_embedded_office:
        raise FileIsRefused(_("In dit bestand zit een archief. Haal het eruit en deel die bestanden apart."))
