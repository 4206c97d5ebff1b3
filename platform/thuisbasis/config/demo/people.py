"""The demo's people; all are invented."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Group, Permission

from thuisbasis.accounts.models import User
from thuisbasis.network.models import Membership, Practice, Role

PASSWORD = "eerst-een-thuis"  # noqa: S105 (the demo's people are invented, on loopback only)


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    """Someone to log in as."""

    email: str
    first_name: str
    last_name: str
    role: str
    practice: str = ""


PEOPLE = (
    DemoPerson(
        email="lid@example.nl",
        first_name="Sanne",
        last_name="Verzonnen",
        role=Role.MEMBER,
        practice="Thuis aan de IJssel",
    ),
    DemoPerson(
        email="coordinator@example.nl",
        first_name="Joris",
        last_name="Verzonnen",
        role=Role.COORDINATOR,
        practice="Thuis aan de IJssel",
    ),
    DemoPerson(email="redactie@example.nl", first_name="Amina", last_name="Verzonnen", role="editor"),
    DemoPerson(email="beheer@example.nl", first_name="Bo", last_name="Verzonnen", role="administrator"),
)


def load_people() -> User:
    """Create the people who are not there yet, and return the editor."""
    editors = _editors_group()
    for person in PEOPLE:
        if User.objects.filter(email=person.email).exists():
            continue
        user = User.objects.create_user(
            person.email,
            PASSWORD,
            first_name=person.first_name,
            last_name=person.last_name,
            is_superuser=person.role == "administrator",
            is_staff=person.role in ("administrator", "editor"),
        )
        if person.role == "editor":
            user.groups.add(editors)
        if person.practice:
            practice = Practice.objects.get(name=person.practice)
            Membership.objects.create(user=user, practice=practice, role=person.role, start_date=date(2020, 1, 1))
    return User.objects.get(email="redactie@example.nl")


def _editors_group() -> Group:
    """Return Wagtail's group of moderators, who may also edit recordings, people, practices and frameworks."""
    group = Group.objects.get(name="Moderators")
    models = (
        "theme",
        "targetgroup",
        "practice",
        "careprovider",
        "person",
        "recording",
        "framework",
        "frameworkelement",
    )
    group.permissions.add(*Permission.objects.filter(content_type__model__in=models))
    return group
