"""Asks ClamAV whether a file is harmful, over its own socket (clamd's INSTREAM command)."""

import socket
import struct
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urlsplit

CHUNK = 256 * 1024
SECONDS = 120


class ScannerCannotBeReached(Exception):
    """There is no answer, or one that says nothing about the file: it stays in quarantine."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the scanner found: the name of what is harmful, or "" for a clean file."""

    found: str

    @property
    def is_clean(self) -> bool:
        """Say whether nothing was found."""
        return not self.found


def scan(file: BinaryIO, address: str) -> Verdict:
    """Return the verdict on a whole file, from its start.

    `address` is unix:///path/of/socket or tcp://host:port. The file goes as length-prefixed pieces,
    ended by a piece of length nothing (clamd(8), INSTREAM). Raises ScannerCannotBeReached.
    """
    file.seek(0)
    try:
        with _connect(address) as connection:
            connection.sendall(b"zINSTREAM\0")
            while chunk := file.read(CHUNK):
                connection.sendall(struct.pack("!I", len(chunk)) + chunk)
            connection.sendall(struct.pack("!I", 0))
            return _read(_answer(connection))
    except OSError as error:
        raise ScannerCannotBeReached(str(error)) from error


def is_listening(address: str) -> bool:
    """Say whether a scanner answers at this address."""
    try:
        with _connect(address, seconds=3) as connection:
            connection.sendall(b"zPING\0")
            return _answer(connection) == "PONG"
    except OSError:
        return False


def _connect(address: str, seconds: float = SECONDS) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(seconds)
        connection.connect(parts.path)
        return connection
    return socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 3310), timeout=seconds)


def _answer(connection: socket.socket) -> str:
    pieces = []
    while piece := connection.recv(4096):
        pieces.append(piece)
    return b"".join(pieces).rstrip(b"\0").decode("utf-8", "replace")


def _read(answer: str) -> Verdict:
    """Understand "stream: OK" and "stream: Name FOUND"; anything else is no verdict."""
    text = answer.removeprefix("stream: ")
    if text == "OK":
        return Verdict(found="")
    if text.endswith(" FOUND"):
        return Verdict(found=text.removesuffix(" FOUND"))
    raise ScannerCannotBeReached(answer or "no answer")
