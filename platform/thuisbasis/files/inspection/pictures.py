"""Pictures: read as a whole and written anew, so that nothing goes along but what one sees."""

import io
import warnings
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from .archives import has_archive_at_end
from .errors import FileIsRefused

FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
# A phone's largest pictures have some 50 million pixels; a JPEG of that size is read at half its
# size, which keeps the memory for reading it under a hundred megabytes.
MOST_PIXELS = 16_000_000
HALVED_FROM = 2000
LARGEST_SIDE = 3000
QUALITY = 88


def inspect_picture(extension: str, file: BinaryIO) -> tuple[str, bytes]:
    """Return the media type and the bytes to keep: without place, camera, comments or anything else hidden.

    Turned upright as the camera meant it, and at most 3,000 pixels wide or high. Raises FileIsRefused.
    """
    if has_archive_at_end(file):
        raise FileIsRefused(_("Achter deze afbeelding zit nog een ander bestand. Sla haar opnieuw op."))
    wanted = FORMATS[extension]
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=[wanted]) as image:
                image.draft("RGB", (HALVED_FROM, HALVED_FROM))
                if image.width * image.height > MOST_PIXELS:
                    raise FileIsRefused(_too_large())
                return MEDIA_TYPES[wanted], written_anew(image, wanted)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise FileIsRefused(_too_large()) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        text = _("Dit is van binnen geen %(kind)s-afbeelding, of ze is beschadigd. Sla haar opnieuw op.")
        raise FileIsRefused(text % {"kind": wanted}) from error


def written_anew(image: Image.Image, kind: str, *, box: tuple[int, int] | None = None) -> bytes:
    """Return a picture's pixels in a file of their own; with `box`, cut to that width and height in pixels."""
    image.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    if box:
        upright = ImageOps.fit(upright, box)
    has_alpha = kind != "JPEG" and (upright.mode in ("RGBA", "LA") or "transparency" in upright.info)
    plain = upright.convert("RGBA" if has_alpha else "RGB")
    plain.info = {}
    output = io.BytesIO()
    plain.save(output, kind, **({} if kind == "PNG" else {"quality": QUALITY}))
    return output.getvalue()


def _too_large() -> str:
    return _("Deze afbeelding is te groot. Maak haar kleiner dan 16 miljoen pixels, bijvoorbeeld 4000 bij 3000.")
