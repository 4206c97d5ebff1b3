"""Reads HTML, and Word documents by way of HTML."""

import re
from html import escape
from io import BytesIO

from bs4 import BeautifulSoup, NavigableString, Tag

from .errors import FileIsUnreadable
from .furniture import CLASSES, ROLES, TAGS, is_furniture
from .outline import Heading, ListOfItems, Outline, Paragraph, Part, Table
from .plain_text import decode

INLINE = {"strong": "b", "b": "b", "em": "i", "i": "i"}
LINK = re.compile(r"^(?:https?://|mailto:)", re.IGNORECASE)
BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "table", "blockquote", "pre", "dl")


def read_html(data: bytes) -> Outline:
    """Return the outline of a web page, without the site around its text."""
    return _outline(decode(data))


def read_docx(data: bytes) -> Outline:
    """Return the outline of a Word document; raises FileIsUnreadable when it is damaged."""
    # Only whoever reads a Word document needs the 13 MB that this costs.
    import mammoth

    try:
        # No alternative content from outside, and images are not part of an article's text.
        result = mammoth.convert_to_html(BytesIO(data), convert_image=mammoth.images.img_element(lambda _image: {}))
    except Exception as error:  # a damaged package fails in zip, XML or mammoth itself
        raise FileIsUnreadable from error
    return _outline(result.value)


def _outline(html: str) -> Outline:
    soup = BeautifulSoup(html, "html.parser")
    outline = Outline()
    page_title = soup.title.get_text(" ", strip=True) if soup.title else ""
    content = soup.find("main") or soup.find("article") or soup.select_one("[role=main]") or soup.body or soup
    _drop_furniture(content, outline)
    for node in content.find_all(BLOCKS):
        if node.find_parent(BLOCKS) is None:
            outline.parts += _parts(node, outline.dropped)
    outline.parts += _loose_text(content, outline)
    heading = next((part for part in outline.parts if isinstance(part, Heading) and part.level == 1), None)
    if heading is None and outline.parts and isinstance(outline.parts[0], Heading):
        heading = outline.parts[0]
    outline.title = heading.text if heading else re.split(r"\s+[|–-]\s+", page_title)[0]
    outline.parts = [
        Heading(part.text, min(max(part.level, 2), 3)) if isinstance(part, Heading) else part
        for part in outline.parts
        if part is not heading
    ]
    return outline


def _drop_furniture(content: Tag, outline: Outline) -> None:
    for node in content.find_all(True):
        if node.decomposed or not isinstance(node, Tag):
            continue
        names = " ".join([*node.get_attribute_list("class"), str(node.get("id") or "")]).replace("None", "")
        if node.name in TAGS or node.get("role") in ROLES or CLASSES.search(names):
            text = node.get_text(" ", strip=True)
            if text and node.name not in ("script", "style"):
                outline.dropped.append(text[:200])
            node.decompose()


def _parts(node: Tag, dropped: list[str]) -> list[Part]:
    text = node.get_text(" ", strip=True)
    if not text:
        return []
    if is_furniture(text):
        dropped.append(text)
        return []
    if node.name[0] == "h" and node.name[1:].isdigit():
        return [Heading(text, int(node.name[1]))]
    if node.name in ("ul", "ol"):
        items = [_inline(item) for item in node.find_all("li", recursive=False)]
        return [ListOfItems(tuple(item for item in items if item), node.name == "ol")]
    if node.name == "table":
        rows = [
            tuple(cell.get_text(" ", strip=True) for cell in row.find_all(("th", "td"))) for row in node.find_all("tr")
        ]
        return [Table(tuple(row for row in rows if any(row)))]
    return [Paragraph(_inline(node))]


def _inline(node: Tag) -> str:
    """Return the node's text as safe HTML with at most b, i and a."""
    pieces = []
    for child in node.children:
        if isinstance(child, Tag):
            inner = _inline(child)
            href = str(child.get("href") or "")
            if child.name in INLINE and inner.strip():
                inner = f"<{INLINE[child.name]}>{inner}</{INLINE[child.name]}>"
            elif child.name == "a" and LINK.match(href):
                inner = f'<a href="{escape(href)}">{inner}</a>'
            elif child.name in ("br", "li", "p"):
                inner = f" {inner}"
            pieces.append(inner)
        elif type(child) is NavigableString:
            pieces.append(escape(re.sub(r"\s+", " ", str(child)), quote=False))
    return "".join(pieces).strip() if node.name in (*BLOCKS, "li") else "".join(pieces)


def _loose_text(content: Tag, outline: Outline) -> list[Part]:
    """Return text that stands in no block at all, as a page made of divs has it."""
    if outline.parts:
        return []
    lines = [line.strip() for line in content.get_text("\n").splitlines() if line.strip()]
    outline.dropped += [line for line in lines if is_furniture(line)]
    return [Paragraph(escape(line, quote=False)) for line in lines if not is_furniture(line)]
