"""Reads PDF files: lines become paragraphs and headings by their size and their distance."""

import re
from collections import Counter
from collections.abc import Iterator
from html import escape
from io import BytesIO
from typing import Any

from .errors import FileIsEncrypted, FileIsUnreadable
from .outline import ListOfItems, Outline, Paragraph, Part, Table
from .structure import Chunk, outline_of

MOST_PAGES = 300
HEADING_SIZE = 1.12
PAGE_NUMBER = re.compile(r"^(?:pagina\s+)?\d{1,4}(?:\s*(?:/|van)\s*\d{1,4})?$", re.IGNORECASE)


def read_pdf(data: bytes) -> Outline:
    """Return the outline of a PDF.

    Raises FileIsEncrypted when it asks for a password, and FileIsUnreadable when it is damaged
    or holds no text, as a scan does.
    """
    # Only whoever reads a PDF needs the 25 MB that this costs; most processes never do.
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            pages = [_Page(page) for page in pdf.pages[:MOST_PAGES]]
    except PdfminerException as error:
        if isinstance(error.args[0], PDFPasswordIncorrect):
            raise FileIsEncrypted from error
        raise FileIsUnreadable from error
    except PDFPasswordIncorrect as error:
        raise FileIsEncrypted from error
    except Exception as error:  # a damaged file fails anywhere inside the parser
        raise FileIsUnreadable from error
    if not any(page.lines for page in pages):
        raise FileIsUnreadable
    return _outline(pages)


class _Page:
    """The lines of a page outside its tables, and the tables, each with its distance from the top."""

    def __init__(self, page: Any) -> None:
        found = page.find_tables()
        self.tables = [(table.bbox[1], _table(table)) for table in found]
        boxes = [table.bbox for table in found]
        outside = page.filter(lambda thing: not any(_stands_in(thing, box) for box in boxes))
        self.lines = outside.extract_text_lines(return_chars=True) if page.chars else []
        self.links = page.hyperlinks


def _table(table: Any) -> Table:
    return Table(tuple(tuple((cell or "").strip() for cell in row) for row in table.extract()))


def _stands_in(thing: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    """Say whether the middle of a letter lies in a box of (x0, top, x1, bottom), in points."""
    middle_x, middle_y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(box[0] <= middle_x <= box[2] and box[1] <= middle_y <= box[3])


def _outline(pages: list[_Page]) -> Outline:
    running = _running_lines(pages)
    body_size = _body_size(pages)
    chunks: list[Chunk] = []
    dropped: list[str] = []
    links: dict[str, str] = {}
    for page in pages:
        lines = [line for line in page.lines if line["text"].strip() not in running]
        dropped += [line["text"] for line in page.lines if line["text"].strip() in running]
        chunks += _in_order(lines, page.tables, body_size)
        links |= _links(page)
    outline = outline_of(chunks)
    outline.dropped += dropped
    outline.parts = [_with_links(part, links) for part in outline.parts]
    return outline


def _in_order(lines: list[dict[str, Any]], tables: list[tuple[float, Table]], body_size: float) -> list[Chunk]:
    """Return the chunks of a page with each table where it stands."""
    chunks: list[Chunk] = []
    for top, table in tables:
        chunks += _chunks([line for line in lines if line["top"] < top], body_size)
        chunks.append(Chunk((), table=table))
        lines = [line for line in lines if line["top"] >= top]
    return [*chunks, *_chunks(lines, body_size)]


def _running_lines(pages: list[_Page]) -> set[str]:
    """Return the texts that stand on most pages, and page numbers: heads and feet, not text."""
    counts = Counter(text for page in pages for text in {line["text"].strip() for line in page.lines})
    running = {text for text, count in counts.items() if len(pages) >= 3 and count > len(pages) / 2}
    edges = {line["text"].strip() for page in pages for line in [*page.lines[:1], *page.lines[-1:]]}
    return running | {text for text in edges if PAGE_NUMBER.match(text)}


def _size(line: dict[str, Any]) -> float:
    return round(max(char["size"] for char in line["chars"]), 1)


def _body_size(pages: list[_Page]) -> float:
    """Return the size in which most letters are set, in points."""
    sizes = Counter[float]()
    for page in pages:
        for line in page.lines:
            sizes[_size(line)] += len(line["text"])
    return sizes.most_common(1)[0][0]


def _chunks(lines: list[dict[str, Any]], body_size: float) -> Iterator[Chunk]:
    """Yield lines that belong together: same size, and no more than a line's height apart."""
    group: list[dict[str, Any]] = []
    for line in lines:
        if group and _starts_anew(group[-1], line):
            yield _chunk(group, body_size)
            group = []
        group.append(line)
    if group:
        yield _chunk(group, body_size)


def _starts_anew(above: dict[str, Any], line: dict[str, Any]) -> bool:
    gap = line["top"] - above["bottom"]
    return abs(_size(above) - _size(line)) > 0.6 or gap > 0.75 * _size(line)


def _chunk(lines: list[dict[str, Any]], body_size: float) -> Chunk:
    is_larger = _size(lines[0]) >= HEADING_SIZE * body_size
    is_bold = all("bold" in char["fontname"].lower() for char in lines[0]["chars"] if char["text"].strip())
    text = " ".join(line["text"] for line in lines)
    is_heading = len(text) <= 160 and (is_larger or (is_bold and len(lines) == 1))
    return Chunk(tuple(line["text"] for line in lines), is_heading)


def _links(page: _Page) -> dict[str, str]:
    """Return the address of each linked text of the page."""
    found = {}
    for link in page.links:
        if not str(link.get("uri", "")).startswith(("http://", "https://", "mailto:")):
            continue
        for line in page.lines:
            box = (link["x0"], link["top"], link["x1"], link["bottom"])
            inside = [char for char in line["chars"] if _stands_in(char, box)]
            text = "".join(char["text"] for char in inside).strip()
            if text:
                found[text] = link["uri"]
    return found


def _with_links(part: Part, links: dict[str, str]) -> Part:
    if isinstance(part, Paragraph):
        return Paragraph(_linked(part.html, links))
    if isinstance(part, ListOfItems):
        return ListOfItems(tuple(_linked(item, links) for item in part.items), part.is_ordered)
    return part


def _linked(html: str, links: dict[str, str]) -> str:
    """Return the HTML with each linked text as a link; letters are matched, as a PDF may leave out spaces."""
    for text, address in links.items():
        letters = [re.escape(escape(letter, quote=False)) for letter in text if not letter.isspace()]
        match = re.search(r"\s*".join(letters), html)
        if match and "<a " not in html:
            link = f'<a href="{escape(address)}">{match.group()}</a>'
            html = html[: match.start()] + link + html[match.end() :]
    return html
