"""Works out who is looking, from today's rows and nothing else."""

from datetime import date
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q

from thuisbasis.network.models import Membership, Role, WorkingGroupMembership
from thuisbasis.network.policies import ANONYMOUS, Visitor

# The rights, by app, that tell an editor and an administrator from other people.
TELLING = (("wagtailadmin", "access_admin"), ("accounts", "change_user"))


def visitor_for(*, user: Any, today: date) -> Visitor:
    """Return the visitor that this user is today, computed from today's memberships (three queries)."""
    if not user.is_authenticated or not user.is_active:
        return ANONYMOUS
    rows = list(
        Membership.objects.filter(user=user).valid_on(today).values_list("practice_id", "role", "practice__in_network")
    )
    groups = WorkingGroupMembership.objects.filter(user=user).valid_on(today).values_list("group_id", flat=True)
    rights = _rights(user)
    in_network = [(practice, role) for practice, role, is_member in rows if is_member]
    return Visitor(
        user_id=user.pk,
        practice_ids=frozenset(practice for practice, _role, _is_member in rows),
        network_practice_ids=frozenset(practice for practice, _role in in_network),
        coordinated_ids=frozenset(practice for practice, role in in_network if role == Role.COORDINATOR),
        working_group_ids=frozenset(groups) if in_network else frozenset(),
        is_steering_group=any(role == Role.STEERING_GROUP for _practice, role in in_network),
        is_researcher=any(role == Role.RESEARCHER for _practice, role in in_network),
        is_editor="access_admin" in rights,
        is_administrator="change_user" in rights,
    )


def _rights(user: Any) -> set[str]:
    """Return which of the two rights that make an editor and an administrator this user has (one query, or none)."""
    if user.is_superuser:
        return {codename for _app, codename in TELLING}
    named = Q()
    for app, codename in TELLING:
        named |= Q(content_type__app_label=app, codename=codename)
    theirs = Permission.objects.filter(named).filter(Q(user=user) | Q(group__user=user)).order_by()
    return set(theirs.values_list("codename", flat=True).distinct())
