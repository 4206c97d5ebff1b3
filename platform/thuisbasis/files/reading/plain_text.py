"""Reads plain text files."""

import charset_normalizer

from .errors import FileIsUnreadable
from .outline import Outline
from .structure import Chunk, outline_of


def read_text(data: bytes) -> Outline:
    """Return the outline of a text file; raises FileIsUnreadable for bytes that are no text."""
    text = decode(data)
    chunks: list[Chunk] = []
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.strip():
            lines.append(line)
        elif lines:
            chunks.append(Chunk(tuple(lines)))
            lines = []
    return outline_of(chunks)


def decode(data: bytes) -> str:
    """Return the text of bytes in UTF-8, or in what they look like; raises FileIsUnreadable."""
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileIsUnreadable
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        guess = charset_normalizer.from_bytes(data).best()
        if guess is None:
            raise FileIsUnreadable from None
        return str(guess)
