"""Turns plain text into safe HTML in which addresses are links."""

import re
from html import escape

ADDRESS = re.compile(
    r"(?P<web>(?:https?://|www\.)[^\s<>()\"']+[^\s<>()\"'.,;:!?])|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
)


def linked(text: str) -> str:
    """Return the text as HTML: escaped, with web and mail addresses as links."""
    pieces, position = [], 0
    for match in ADDRESS.finditer(text):
        pieces.append(escape(text[position : match.start()], quote=False))
        shown = escape(match.group(), quote=False)
        pieces.append(f'<a href="{escape(_target(match))}">{shown}</a>')
        position = match.end()
    pieces.append(escape(text[position:], quote=False))
    return "".join(pieces)


def _target(match: re.Match[str]) -> str:
    if match["mail"]:
        return f"mailto:{match['mail']}"
    return match["web"] if match["web"].startswith("http") else f"https://{match['web']}"
