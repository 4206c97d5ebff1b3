"""The demo's people; all are invented."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group

from thuisbasis.accounts.models import User
from thuisbasis.config.services import ADMINISTRATORS, EDITORS, MODERATORS
from thuisbasis.network.models import Membership, Practice, Role, WorkingGroup, WorkingGroupMembership

PASSWORD = "eerst-een-thuis"  # noqa: S105 (the demo's people are invented, on loopback only)
DATA = Path(__file__).parent / "data" / "people.yaml"
GROUPS = {"editor": EDITORS, "moderator": MODERATORS, "administrator": ADMINISTRATORS}
# One step for everyone who needs none, so that only strong roles are asked for a code from an app.
WITHOUT_APP = (Role.MEMBER,)


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    """Someone to log in as; `about` is empty for those whom the demo does not introduce."""

    email: str
    first_name: str
    last_name: str
    role: str
    practice: str
    about: str
    profile: dict[str, str]

    @property
    def secret(self) -> str:
        """Return the demo's own secret for an authenticator app."""
        return base64.b32encode(hashlib.sha256(self.email.encode()).digest()[:20]).decode()


def _read() -> tuple[tuple[DemoPerson, ...], list[dict[str, Any]]]:
    data = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    people = tuple(
        DemoPerson(
            email=row["email"],
            first_name=row["name"][0],
            last_name=row["name"][1],
            role=row["role"],
            practice=row.get("practice", ""),
            about=row.get("shown", ""),
            profile={
                "job_title": row.get("job", ""),
                "ask_me_about": row.get("ask", ""),
                "about": row.get("about", ""),
            },
        )
        for row in data["people"]
    )
    return people, data["working_groups"]


EVERYONE, WORKING_GROUPS = _read()
PEOPLE = tuple(person for person in EVERYONE if person.about)


def load_people() -> User:
    """Create the people who are not there yet, and return the editor."""
    for person in EVERYONE:
        if not User.objects.filter(email=person.email).exists():
            _create(person)
    for row in WORKING_GROUPS:
        values = {"name": row["name"], "description": row["description"]}
        group, _is_new = WorkingGroup.objects.get_or_create(slug=row["slug"], defaults=values)
        for user in User.objects.filter(email__in=row["people"]):
            WorkingGroupMembership.objects.get_or_create(group=group, user=user, start_date=date(2021, 1, 1))
    return User.objects.get(email="redactie@example.nl")


def _create(person: DemoPerson) -> None:
    names = {"first_name": person.first_name, "last_name": person.last_name}
    user = User.objects.create_user(person.email, PASSWORD, is_staff=person.role in GROUPS, **names)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for name, value in person.profile.items():
        setattr(user.profile, name, value)
    user.profile.save()
    if person.role in GROUPS:
        user.groups.add(Group.objects.get(name=GROUPS[person.role]))
    if person.practice:
        practice = Practice.objects.get(name=person.practice)
        Membership.objects.create(user=user, practice=practice, role=person.role, start_date=date(2020, 1, 1))
    if person.role not in WITHOUT_APP:
        TOTP.activate(user, person.secret)
        RecoveryCodes.activate(user)
