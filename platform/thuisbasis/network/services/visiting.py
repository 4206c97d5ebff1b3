"""Works out who is looking, from today's rows and nothing else."""

from datetime import date
from functools import cache
from typing import Any

from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from thuisbasis.network.models import Membership, Role, WorkingGroupMembership
from thuisbasis.network.policies import ANONYMOUS, Visitor

# The rights, by app, that tell an editor and an administrator from other people.
TELLING = (("wagtailadmin", "access_admin"), ("accounts", "change_user"))
PRACTICE, GROUP, RIGHT = "practice", "group", "right"
# Stand in the composed question for whoever is asked about, and for the day.
NOBODY, NEVER = -1, date.min


def visitor_for(*, user: Any, today: date) -> Visitor:
    """Return the visitor that this user is today, computed from today's memberships and rights (one query)."""
    if not user.is_authenticated or not user.is_active:
        return ANONYMOUS
    rows = _ask(user.pk, today)
    practices = [(number, name, is_member) for kind, number, name, is_member in rows if kind == PRACTICE]
    in_network = [(number, role) for number, role, is_member in practices if is_member]
    groups = frozenset(number for kind, number, _name, _is_member in rows if kind == GROUP)
    rights = {name for kind, _number, name, _is_member in rows if kind == RIGHT}
    return Visitor(
        user_id=user.pk,
        practice_ids=frozenset(number for number, _role, _is_member in practices),
        network_practice_ids=frozenset(number for number, _role in in_network),
        coordinated_ids=frozenset(number for number, role in in_network if role == Role.COORDINATOR),
        working_group_ids=groups if in_network else frozenset(),
        is_steering_group=any(role == Role.STEERING_GROUP for _number, role in in_network),
        is_researcher=any(role == Role.RESEARCHER for _number, role in in_network),
        is_editor=user.is_superuser or "access_admin" in rights,
        is_administrator=user.is_superuser or "change_user" in rights,
    )


def _ask(user: int, today: date) -> list[tuple[Any, ...]]:
    """Return the rows about one user (one query)."""
    as_date = connection.ops.adapt_datefield_value
    statement, values = _statement(connection.vendor)
    instead = {NOBODY: user, as_date(NEVER): as_date(today)}
    with connection.cursor() as cursor:
        cursor.execute(statement, [instead.get(value, value) for value in values])
        return cursor.fetchall()


@cache
def _statement(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Return the question and its values, about nobody on no day.

    Each request of a member asks it, and Django takes longer to compose it than the database to answer it.
    """
    rows = _practices(NOBODY, NEVER).union(_groups(NOBODY, NEVER), _rights(NOBODY), all=True)
    return rows.query.sql_with_params()


def _row(rows: QuerySet[Any], kind: str, number: str, name: Any, is_member: Any) -> QuerySet[Any, Any]:
    """Return rows as the three kinds have them: what it is, its number, a word about it, and whether it counts."""
    return rows.order_by().values_list(
        Value(kind, CharField()),
        Cast(number, BigIntegerField()),
        Cast(name, CharField()),
        Cast(is_member, BooleanField()),
    )


def _practices(user: int, today: date) -> QuerySet[Any, Any]:
    return _row(
        Membership.objects.filter(user=user).valid_on(today), PRACTICE, "practice_id", "role", "practice__in_network"
    )


def _groups(user: int, today: date) -> QuerySet[Any, Any]:
    rows = WorkingGroupMembership.objects.filter(user=user).valid_on(today)
    return _row(rows, GROUP, "group_id", Value(""), Value(value=True))


def _rights(user: int) -> QuerySet[Any, Any]:
    """Return which of the two rights that make an editor and an administrator this user has."""
    named = Q()
    for app, codename in TELLING:
        named |= Q(content_type__app_label=app, codename=codename)
    rows = Permission.objects.filter(named).filter(Q(user=user) | Q(group__user=user))
    return _row(rows, RIGHT, "pk", F("codename"), Value(value=True))
