"""The program that reads one file: limits itself first, and knows nothing of the site."""

import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 30
# As much as a book of three hundred pages; the rest of a longer file is not searched.
MOST_TEXT = 600_000
LARGEST_PART = 24 * 1024 * 1024
TEXT_PARTS = {
    "docx": r"word/(document|footnotes|endnotes|header\d*|footer\d*|comments)\.xml",
    "xlsx": r"xl/(sharedStrings|worksheets/sheet\d+|comments\d*)\.xml",
    "pptx": r"ppt/(slides/slide|notesSlides/notesSlide)\d+\.xml",
    "odt": r"content\.xml",
    "ods": r"content\.xml",
    "odp": r"content\.xml",
}
# Elements after which a new line begins; in OOXML and OpenDocument alike.
LINE_ENDS = ("p", "h", "tr", "row", "si", "br", "tab", "table-row")
# Spreadsheets hold numbers of the shared texts and formulas: only texts are words.
NO_WORDS = ("v", "f")
ACTIVE_ACTIONS = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm")


def main(path: str, extension: str) -> None:
    """Print what the file says as JSON: `text` and `is_active`."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    is_active = False
    if extension == "pdf":
        pieces, is_active = pdf(path)
    elif extension in TEXT_PARTS:
        pieces = office(path, extension)
    else:
        pieces = plain(path)
    sys.stdout.write(json.dumps({"text": gather(pieces), "is_active": is_active}))


def gather(pieces: Iterator[str]) -> str:
    """Return the pieces as one text, no longer than what is searched."""
    found, length = [], 0
    for piece in pieces:
        found.append(piece)
        length += len(piece)
        if length > MOST_TEXT:
            break
    return re.sub(r"[ \t]+", " ", "".join(found))[:MOST_TEXT]


def plain(path: str) -> Iterator[str]:
    """Yield the text of a text file."""
    with open(path, "rb") as file:  # noqa: PTH123 (nothing more is imported here than needed)
        data = file.read(4 * MOST_TEXT)
    try:
        yield data.decode("utf-8-sig", "strict")
    except UnicodeDecodeError:
        yield data.decode("cp1252", "replace")


def office(path: str, extension: str) -> Iterator[str]:
    """Yield the text of an Office file, in the order of its parts."""
    from defusedxml import ElementTree

    wanted = re.compile(TEXT_PARTS[extension] + r"\Z")
    with zipfile.ZipFile(path) as archive:
        for name in sorted(filter(wanted.match, archive.namelist()), key=by_number):
            if archive.getinfo(name).file_size <= LARGEST_PART:
                yield from words_of(ElementTree.fromstring(archive.read(name), forbid_dtd=True))


def by_number(name: str) -> list[tuple[int, str]]:
    """Order names with numbers as people do: slide 2 before slide 10."""
    return [(int(part or 0) if part.isdigit() else -1, part) for part in re.split(r"(\d+)", name)]


def words_of(node: Any) -> Iterator[str]:
    """Yield the words within an element, and a new line after a paragraph or a row."""
    tag = node.tag.rsplit("}", 1)[-1]
    if tag in NO_WORDS:
        return
    yield node.text or ""
    for child in node:
        yield from words_of(child)
        yield child.tail or ""
    if tag in LINE_ENDS:
        yield "\n"


def pdf(path: str) -> tuple[Iterator[str], bool]:
    """Return the text of a PDF's pages, and whether it holds a script, a command or another file."""
    from pypdf import PdfReader

    reader = PdfReader(path)
    root: Any = reader.trailer["/Root"].get_object()
    names = root.get("/Names", {})
    is_active = any(key in names.get_object() for key in ("/JavaScript", "/EmbeddedFiles")) if names else False
    is_active = is_active or runs(root.get("/OpenAction")) or "/AA" in root
    return pages_of(reader), is_active or any(page_runs(page) for page in reader.pages)


def page_runs(page: Any) -> bool:
    """Say whether opening the page, or something on it, starts a program."""
    notes = page.get("/Annots")
    found = notes.get_object() if notes else []
    return "/AA" in page or any(runs(note.get_object().get("/A")) for note in found)


def runs(action: Any) -> bool:
    """Say whether an action starts a script or a program; going to a page or an address does not."""
    resolved = action.get_object() if action is not None else None
    return isinstance(resolved, dict) and resolved.get("/S") in ACTIVE_ACTIONS


def pages_of(reader: Any) -> Iterator[str]:
    """Yield the text of each page."""
    for page in reader.pages:
        yield page.extract_text()
        yield "\n\n"


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
