"""Names of files: only the last part, without tricks for the eye or the file system."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST_NAME = 120
FORBIDDEN = re.compile(r'[\\/:*?"<>|]+')


def clean_name(name: str) -> str:
    """Return a name that shows what it is: no folders, no control or direction marks, at most 120 characters.

    A right-to-left mark lets "gpj.exe" look like "exe.jpg" (CWE-451); those characters are of
    Unicode's categories Cc and Cf, and are left out.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(mark for mark in last if unicodedata.category(mark) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    text = " ".join(FORBIDDEN.sub(" ", unicodedata.normalize("NFC", visible)).split()).strip(". ")
    path = PurePosixPath(text or "bestand")
    return path.stem[: LONGEST_NAME - len(path.suffix)].rstrip() + path.suffix


def extension_of(name: str) -> str:
    """Return the last extension, in lower case and without its dot."""
    return PurePosixPath(name).suffix.lower().lstrip(".")
