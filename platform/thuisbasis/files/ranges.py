"""Byte ranges: which part of a file a player asks for (RFC 9110, section 14)."""

import re
from dataclasses import dataclass

SINGLE = re.compile(r"bytes=\s*(\d*)-(\d*)\s*$")


class RangeCannotBeSatisfied(Exception):
    """The range starts after the end of the file."""


@dataclass(frozen=True, kw_only=True)
class ByteRange:
    """A part of a file; both ends are included and counted from 0."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """Return the number of bytes."""
        return self.last - self.first + 1


def requested_range(header: str, size: int) -> ByteRange | None:
    """Return the one range asked for, cut to the file's size in bytes.

    None when the whole file must be sent: no header, another unit, a malformed range or several
    ranges, which a server may ignore. Raises RangeCannotBeSatisfied (the answer is 416).
    """
    match = SINGLE.match(header)
    if match is None or match.group(1) == match.group(2) == "":
        return None
    first, last = match.groups()
    if not first:
        length = int(last)
        if length == 0 or size == 0:
            raise RangeCannotBeSatisfied
        return ByteRange(first=max(0, size - length), last=size - 1)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise RangeCannotBeSatisfied
    return ByteRange(first=int(first), last=min(int(last), size - 1) if last else size - 1)
