"""Finds what looks like data of a resident in a text: numbers, days and addresses by which somebody is known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Any] = {
    "citizen_number": _("een burgerservicenummer"),
    "birth_date": _("een geboortedatum"),
    "phone": _("een telefoonnummer"),
    "address": _("een adres"),
}
# A citizen's number has nine digits, or eight when it began with a nought; the eleven test tells it
# from other numbers (Logisch Ontwerp BSN, section 1.5).
NINE_DIGITS = re.compile(r"(?<![\d.,/+-])(?:\d{8,9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. ]\d{3}[. ]\d{3})(?![\d/]|[.,]\d)")
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    "|jan|feb|mrt|apr|jun|jul|aug|sept?|okt|nov|dec"
)
DAY = re.compile(
    rf"(?<![\d-])(?:(?P<day>[0-3]?\d)[-/. ](?P<month>[01]?\d|{MONTHS})[-/. ]+(?P<year>(?:19|20)\d\d|\d\d)"
    r"|(?P<year2>(?:19|20)\d\d)-(?P<month2>[01]\d)-(?P<day2>[0-3]\d))(?![\d-])",
    re.IGNORECASE,
)
BORN = re.compile(r"\b(?:geboren|geboorte\w*|geb\.?|gebdat|g\.d\.|verjaart|born|birth|d\.?o\.?b\b)", re.IGNORECASE)
BORN_NEARBY = 45
# A bare day this long ago, written in figures, is somebody's birthday more often than anything else.
OLDEST_YEAR, YOUNGEST_YEAR = 1920, 2005
PHONE = re.compile(
    r"(?<![\d.,-])(?:(?:\+|00)31[ -]?(?:\(0\))?|\(?0)[ -]?"
    r"(?:6(?:[ -]?\d){8}|[1-57-9]\d(?:\)?[ -]?\d){7}|[1-57-9]\d\d(?:\)?[ -]?\d){6})(?!\d)"
)
# Numbers that anyone may call are nobody's own.
SERVICE = re.compile(r"0[89]00|088|113|112")
POSTCODE = re.compile(r"(?<![\w-])[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}(?![\w-])")
STREET = re.compile(
    r"\b[A-Z][\w'’.-]*(?: [A-Za-z][\w'’.-]*){0,3}?"
    r"(?:straat|laan|weg|plein|gracht|kade|singel|hof|dreef|steeg|dijk|pad|park|markt|plantsoen) "
    r"\d{1,4}(?: ?[a-zA-Z])?(?:[- ]?(?:\d{1,3}|hs|bis|[IVX]{1,3}))?\b"
)


@dataclass(frozen=True, kw_only=True)
class Trace:
    """What was found, and where it stands in the text."""

    kind: str
    start: int
    end: int

    @property
    def label(self) -> Any:
        """Return the kind as people say it."""
        return KINDS[self.kind]


def find_traces(text: str) -> list[Trace]:
    """Return what looks like a resident's number, birthday, telephone number or address, in order."""
    found = [*_numbers(text), *_birth_dates(text), *_phones(text), *_addresses(text)]
    return sorted(found, key=lambda trace: trace.start)


def is_citizen_number(digits: str) -> bool:
    """Say whether eight or nine digits pass the eleven test."""
    padded = digits.zfill(9)
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, padded, strict=True))
    return total % 11 == 0 and int(padded) > 9_999_999


def _numbers(text: str) -> Iterator[Trace]:
    for match in NINE_DIGITS.finditer(text):
        if is_citizen_number(re.sub(r"\D", "", match[0])):
            yield Trace(kind="citizen_number", start=match.start(), end=match.end())


def _birth_dates(text: str) -> Iterator[Trace]:
    for match in DAY.finditer(text):
        before = text[max(0, match.start() - BORN_NEARBY) : match.start()]
        if BORN.search(before.split("\n\n")[-1]) or _is_bare_birthday(match):
            yield Trace(kind="birth_date", start=match.start(), end=match.end())


def _is_bare_birthday(match: "re.Match[str]") -> bool:
    year, month = match["year"] or match["year2"] or "", match["month"] or match["month2"] or ""
    return month.isdigit() and len(year) == 4 and OLDEST_YEAR <= int(year) <= YOUNGEST_YEAR


def _phones(text: str) -> Iterator[Trace]:
    for match in PHONE.finditer(text):
        if not SERVICE.match(re.sub(r"\D", "", match[0])):
            yield Trace(kind="phone", start=match.start(), end=match.end())


def _addresses(text: str) -> Iterator[Trace]:
    for pattern in (POSTCODE, STREET):
        for match in pattern.finditer(text):
            yield Trace(kind="address", start=match.start(), end=match.end())
