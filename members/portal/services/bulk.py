"""Many invitations at once, from a list, with a look beforehand."""

import csv
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.portal.models import Invitation
from members.portal.services.invitations import invite
from thuisbasis.accounts.models import User
from thuisbasis.base.texts import Sentence
from thuisbasis.network.models import Membership, Practice, Role
from thuisbasis.network.policies import Visitor

MOST_LINES = 200
ROLE_WORDS = {
    "": Role.MEMBER,
    "lid": Role.MEMBER,
    "member": Role.MEMBER,
    "membre": Role.MEMBER,
    "coördinator": Role.COORDINATOR,
    "coordinator": Role.COORDINATOR,
    "coordinateur": Role.COORDINATOR,
    "coordinatrice": Role.COORDINATOR,
}
HEADERS = {"e-mail", "email", "e-mailadres", "mail", "courriel"}


@dataclass(frozen=True, kw_only=True)
class BulkLine:
    """One line of the list: what it asks for, what is wrong with it, or what is worth knowing."""

    number: int
    email: str
    role: str
    error: Any = ""
    remark: Any = ""

    @property
    def role_label(self) -> Any:
        """Return the role in words."""
        return Role(self.role).label if self.role else ""


def read_lines(*, text: str, practice: Practice, today: date) -> list[BulkLine]:
    """Return what each filled line asks for, with its own error where it cannot be done; nothing is stored.

    A line is an address, and after a comma, semicolon or tab a role. A heading is skipped.
    """
    rows = _rows(text)
    members = Membership.objects.filter(practice=practice).valid_on(today).values_list("user__email", flat=True)
    invited = Invitation.objects.open().filter(practice=practice).values_list("email", flat=True)
    known, waiting, seen = set(members), set(invited), set[str]()
    lines = []
    for number, cells in rows:
        line = _read_line(number, cells, known, waiting, seen)
        seen.add(line.email)
        lines.append(line)
    return lines


def _rows(text: str) -> list[tuple[int, list[str]]]:
    lines = text.lstrip("\ufeff").splitlines()
    first = next((line for line in lines if line.strip()), "")
    delimiter = next((mark for mark in (";", "\t", ",") if mark in first), ";")
    rows = [(number, next(csv.reader([line], delimiter=delimiter), [])) for number, line in enumerate(lines, start=1)]
    filled = [(number, [cell.strip() for cell in cells]) for number, cells in rows if any(c.strip() for c in cells)]
    return filled[1:] if filled and filled[0][1][0].lower() in HEADERS else filled


def _read_line(number: int, cells: list[str], known: set[str], waiting: set[str], seen: set[str]) -> BulkLine:
    email, word = cells[0].lower(), (cells[1].lower() if len(cells) > 1 else "")
    role = ROLE_WORDS.get(word)
    error: Any = ""
    try:
        validate_email(email)
    except ValidationError:
        error = _("Dit is geen e-mailadres.")
    if not error and role is None:
        error = Sentence(_("We kennen de rol “%(role)s” niet. Kies lid of coördinator."), {"role": word})
    if not error and email in seen:
        error = _("Dit adres staat eerder in de lijst.")
    if not error and email in known:
        error = _("Deze persoon hoort al bij de praktijk.")
    remark = _("Is al uitgenodigd; krijgt een nieuwe mail.") if not error and email in waiting else ""
    return BulkLine(number=number, email=email, role=role or "", error=error, remark=remark)


@transaction.atomic
def invite_many(
    *, practice: Practice, lines: list[BulkLine], actor: User, visitor: Visitor, language: str, now: datetime
) -> int:
    """Invite everyone on the lines without an error, all or nothing, and return how many; raises NotYours."""
    good = [line for line in lines[:MOST_LINES] if not line.error]
    for line in good:
        invite(
            practice=practice,
            email=line.email,
            role=line.role,
            actor=actor,
            visitor=visitor,
            language=language,
            now=now,
        )
    return len(good)
