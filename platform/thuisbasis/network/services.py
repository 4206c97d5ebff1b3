"""Use cases of the network."""

from datetime import date
from typing import Any

from thuisbasis.network.models import Membership, Role
from thuisbasis.network.policies import ANONYMOUS, Visitor


def visitor_for(*, user: Any, today: date) -> Visitor:
    """Return the visitor that this user is today, computed from today's memberships (one query)."""
    if not user.is_authenticated or not user.is_active:
        return ANONYMOUS
    memberships = list(Membership.objects.filter(user=user).valid_on(today).values_list("practice_id", "role"))
    return Visitor(
        practice_ids=frozenset(practice for practice, _ in memberships),
        is_steering_group=any(role == Role.STEERING_GROUP for _, role in memberships),
        is_editor=user.has_perm("wagtailadmin.access_admin"),
    )
