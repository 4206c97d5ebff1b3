"""Logs for machines: one JSON object a line, without what says who somebody is."""

import logging
import re
from datetime import UTC, datetime

from pythonjsonlogger.json import JsonFormatter

ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
# PostgreSQL repeats values of a row in the details of its errors; in JSON a line ends with a written \\n.
VALUES = re.compile(r'(DETAIL:\s+)(?:(?!\\n|(?<!\\)").)+')
QUESTION = re.compile(r"\?\w[^\s\"']*")
INTERNET_ADDRESS = re.compile(
    r"\b\d{1,3}(?:\.\d{1,3}){3}\b|(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}\b", re.IGNORECASE
)
# Addresses of pages that open somebody's own things without a password: the key is not for a log.
KEYS = re.compile(r"(/(?:agenda-koppeling|inschrijving|uitnodiging|wachtwoord/nieuw|afmelden)/)[^\s\"']+")


def without_people(line: str) -> str:
    """Return a line of JSON without mail and internet addresses, questions, keys in addresses and values of rows."""
    text = KEYS.sub(r"\1…", QUESTION.sub("?…", VALUES.sub(r"\1…", line)))
    return INTERNET_ADDRESS.sub("<address>", ADDRESS.sub("<mail address>", text))


class DiscreetFormatter(JsonFormatter):
    """Writes time (UTC), level, logger, message, the trace of an error, and the number nginx gave the request."""

    def __init__(self) -> None:
        names = {"levelname": "level", "asctime": "time", "name": "logger"}
        super().__init__(
            "{asctime} {levelname} {name} {message}", style="{", rename_fields=names, json_ensure_ascii=False
        )

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 (logging's own name)
        """Return the moment in UTC (ISO 8601)."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def format(self, record: logging.LogRecord) -> str:
        """Return one line of JSON."""
        request = record.__dict__.pop("request", None)
        if hasattr(request, "META"):
            record.request_id = request.META.get("HTTP_X_REQUEST_ID", "")
        return without_people(super().format(record))
