"""Recognises what belongs to a web site and not to the text: menus, share buttons, skip links."""

import re

LINES = re.compile(
    r"^(?:(?:mobiele?\s+)?menu|hoofdmenu|navigatie|zoeken|home|delen\s*:?|deel\s+(?:dit|deze|op)\b.{0,40}|"
    r"naar\s+boven|terug\s+naar\s+boven|direct\s+naar\s*:.*|ga\s+naar\s+(?:de\s+)?inhoud|afbeelding|"
    r"print\s+deze\s+pagina|lees\s+voor|cookies?(?:\s+\S+){0,3}|facebook|twitter|linkedin|whatsapp|"
    r"skip\s+to\s+content|share\s*:?|back\s+to\s+top|partager\s*:?|haut\s+de\s+page)$",
    re.IGNORECASE,
)
CLASSES = re.compile(
    r"(?:^|[-_\s])(?:menu|nav|navbar|navigation|breadcrumbs?|share|sharing|social|cookie|skip|sidebar|footer|"
    r"banner|advert|related-links|pagination)(?:$|[-_\s])",
    re.IGNORECASE,
)
TAGS = (
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "button",
    "script",
    "style",
    "noscript",
    "iframe",
    "template",
    "svg",
)
ROLES = ("navigation", "banner", "contentinfo", "search", "complementary")


def is_furniture(line: str) -> bool:
    """Say whether a line is no part of the text."""
    return bool(LINES.match(" ".join(line.split())))
