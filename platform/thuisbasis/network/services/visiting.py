"""Works out who is looking, from today's rows and nothing else."""

from datetime import date
from typing import Any

from thuisbasis.network.models import Membership, Role, WorkingGroupMembership
from thuisbasis.network.policies import ANONYMOUS, Visitor


def visitor_for(*, user: Any, today: date) -> Visitor:
    """Return the visitor that this user is today, computed from today's memberships (two queries)."""
    if not user.is_authenticated or not user.is_active:
        return ANONYMOUS
    rows = list(
        Membership.objects.filter(user=user).valid_on(today).values_list("practice_id", "role", "practice__in_network")
    )
    groups = WorkingGroupMembership.objects.filter(user=user).valid_on(today).values_list("group_id", flat=True)
    in_network = [(practice, role) for practice, role, is_member in rows if is_member]
    return Visitor(
        user_id=user.pk,
        practice_ids=frozenset(practice for practice, _role, _is_member in rows),
        network_practice_ids=frozenset(practice for practice, _role in in_network),
        coordinated_ids=frozenset(practice for practice, role in in_network if role == Role.COORDINATOR),
        working_group_ids=frozenset(groups) if in_network else frozenset(),
        is_steering_group=any(role == Role.STEERING_GROUP for _practice, role in in_network),
        is_researcher=any(role == Role.RESEARCHER for _practice, role in in_network),
        is_editor=user.has_perm("wagtailadmin.access_admin"),
        is_administrator=user.is_superuser or user.has_perm("accounts.change_user"),
    )
