"""Pages on paper: one way to make a PDF that a screen reader can read too."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from PIL import ImageFile


class CannotPrint(Exception):
    """The library that lays text out (Pango) is not on the machine."""


def as_pdf(template: str, context: dict[str, Any]) -> bytes:
    """Return a template as PDF/UA-1 (ISO 14289-1), in the active language; raises CannotPrint.

    The template holds its own style and names nothing that would have to be fetched.
    """
    try:
        from weasyprint import HTML
    except OSError as error:
        raise CannotPrint from error
    # WeasyPrint lets the whole process read pictures that break off; then we would accept such an upload.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    text = render_to_string(template, {**context, "language": translation.get_language()})
    pdf: bytes = HTML(string=text).write_pdf(pdf_variant="pdf/ua-1")
    return pdf
