"""Who can see something: asked before it is shared, in numbers that people understand."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q

from thuisbasis.accounts.models import User
from thuisbasis.network.models import Audience, Membership, Role, WorkingGroupMembership


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How many practices and people can see something; `is_everyone` when no login is needed."""

    practices: int = 0
    people: int = 0
    is_everyone: bool = False


def people_reached(*, audience: str, practice_id: int | None, working_group_id: int | None, today: date) -> Any:
    """Return the people with an account who can see this today: the same people whom `visible_to` lets through."""
    rows = Membership.objects.valid_on(today)
    in_network = rows.filter(practice__in_network=True)
    if audience == Audience.OWN_PRACTICE:
        who = Q(memberships__in=rows.filter(practice=practice_id))
    elif audience == Audience.WORKING_GROUP:
        groups = WorkingGroupMembership.objects.filter(group=working_group_id).valid_on(today)
        who = Q(pk__in=groups.values("user")) & Q(memberships__in=in_network)
    elif audience == Audience.STEERING_GROUP:
        who = Q(memberships__in=in_network.filter(role=Role.STEERING_GROUP))
    else:
        who = Q(memberships__in=in_network) | _runs_the_site()
    return User.objects.filter(who, is_active=True).distinct()


def _runs_the_site() -> Q:
    access = Permission.objects.filter(codename="access_admin", content_type__app_label="wagtailadmin")
    return Q(is_superuser=True) | Q(groups__permissions__in=access) | Q(user_permissions__in=access)


def reach(*, audience: str, practice_id: int | None, working_group_id: int | None, today: date) -> Reach:
    """Return how many people can see this today, and at how many practices they work (two queries)."""
    if audience == Audience.PUBLIC:
        return Reach(is_everyone=True)
    people = people_reached(audience=audience, practice_id=practice_id, working_group_id=working_group_id, today=today)
    keys = set(people.values_list("pk", flat=True))
    practices = Membership.objects.filter(user__in=keys).valid_on(today).values("practice").distinct()
    return Reach(practices=practices.count(), people=len(keys))
