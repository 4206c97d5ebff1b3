"""The one way to read a document: checks first, then reads."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePath

from .errors import (
    FileIsEmpty,
    FileIsEncrypted,
    FileIsNotWhatItSays,
    FileIsTooLarge,
    FileIsUnreadable,
    KindIsNotSupported,
)
from .markup import read_docx, read_html
from .outline import Outline
from .pdf import read_pdf
from .plain_text import read_text

LARGEST_FILE = 25 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_ENTRIES = 500
OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the old Office container, which encrypted OOXML uses
BINARY_HEADERS = (b"%PDF", b"PK\x03\x04", OLE_HEADER, b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"MZ", b"\x7fELF", b"Rar!")


def read_document(*, name: str, data: bytes) -> Outline:
    """Return the outline of a .txt, .html, .docx or .pdf file of at most 25 MB.

    Raises a subclass of FileCannotBeRead, whose text is meant for the person who offered it.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in _READERS:
        raise KindIsNotSupported
    if not data.strip():
        raise FileIsEmpty
    if len(data) > LARGEST_FILE:
        raise FileIsTooLarge
    check, read = _READERS[suffix]
    check(data)
    outline = read(data)
    if not outline.parts and not outline.title:
        raise FileIsEmpty
    return outline


def _check_text(data: bytes) -> None:
    if data.startswith(BINARY_HEADERS) or data.lstrip()[:64].lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise FileIsNotWhatItSays


def _check_html(data: bytes) -> None:
    start = data[:4096].lower()
    if data.startswith(BINARY_HEADERS) or not any(
        tag in start for tag in (b"<html", b"<!doctype html", b"<p", b"<h1", b"<div", b"<body")
    ):
        raise FileIsNotWhatItSays


def _check_pdf(data: bytes) -> None:
    if not data.startswith(b"%PDF-"):
        raise FileIsNotWhatItSays


def _check_docx(data: bytes) -> None:
    if data.startswith(OLE_HEADER):
        raise FileIsEncrypted
    if not data.startswith(b"PK\x03\x04"):
        raise FileIsNotWhatItSays
    try:
        entries = zipfile.ZipFile(BytesIO(data)).infolist()
    except zipfile.BadZipFile as error:
        raise FileIsUnreadable from error
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise FileIsEncrypted
    if "word/document.xml" not in [entry.filename for entry in entries]:
        raise FileIsNotWhatItSays
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise FileIsTooLarge


_READERS: dict[str, tuple[Callable[[bytes], None], Callable[[bytes], Outline]]] = {
    ".txt": (_check_text, read_text),
    ".html": (_check_html, read_html),
    ".htm": (_check_html, read_html),
    ".docx": (_check_docx, read_docx),
    ".pdf": (_check_pdf, read_pdf),
}
