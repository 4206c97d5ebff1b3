"""Who comes, who changes role and who leaves; every right follows from these rows."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from thuisbasis.accounts.models import AuditAction, User
from thuisbasis.accounts.services import close_account, end_every_session, record
from thuisbasis.network.models import Membership, Practice, Role, WorkingGroupMembership
from thuisbasis.network.policies import Visitor, may_coordinate
from thuisbasis.network.signals import membership_ended


class NotYours(Exception):
    """Only a coordinator of the practice does this."""


class NotAMember(Exception):
    """Somebody does not belong to this practice."""


class LastCoordinator(Exception):
    """A practice is never without a coordinator: name a successor first."""


def lock_practice(practice: Practice) -> None:
    """Let one change of people at a time through, so that two coordinators cannot leave at once."""
    Practice.objects.select_for_update().only("pk").get(pk=practice.pk)


def _require_coordinator(visitor: Visitor, practice: Practice) -> None:
    if not may_coordinate(visitor, practice_id=practice.pk):
        raise NotYours


def _rows(user: User, practice: Practice, now: datetime) -> Any:
    return Membership.objects.filter(user=user, practice=practice).not_ended(timezone.localdate(now))


def _other_coordinators(user: User, practice: Practice, now: datetime) -> Any:
    valid = Membership.objects.filter(practice=practice).valid_on(timezone.localdate(now))
    return valid.coordinating().exclude(user=user)


@transaction.atomic
def join_practice(*, user: User, practice: Practice, role: str, now: datetime) -> Membership:
    """Let somebody belong to a practice from today on; joining twice is the same as once."""
    membership, _is_new = Membership.objects.update_or_create(
        user=user,
        practice=practice,
        role=role,
        start_date=timezone.localdate(now),
        defaults={"end_date": None, "ended_at": None, "confirmed_at": now},
    )
    return membership


@transaction.atomic
def change_role(
    *, practice: Practice, user: User, role: str, actor: User, visitor: Visitor, now: datetime
) -> Membership:
    """Make somebody of the practice a member or a coordinator.

    Raises NotYours, NotAMember, or LastCoordinator when this would leave nobody to coordinate.
    """
    _require_coordinator(visitor, practice)
    lock_practice(practice)
    rows = _rows(user, practice, now).filter(role__in=(Role.MEMBER, Role.COORDINATOR))
    if not rows:
        raise NotAMember
    if role != Role.COORDINATOR and not _other_coordinators(user, practice, now).exists():
        raise LastCoordinator
    rows.exclude(role=role).update(ended_at=now)
    membership = rows.filter(role=role).first() or join_practice(user=user, practice=practice, role=role, now=now)
    record(action=AuditAction.ROLE_CHANGED, actor=actor, subject=user, practice=practice, detail=role, now=now)
    return membership


@transaction.atomic
def end_membership(
    *, practice: Practice, user: User, successor: User | None, actor: User, visitor: Visitor, now: datetime
) -> None:
    """Off-board somebody: from this moment on nothing of the practice is open to him or her.

    Sessions end, future memberships of the practice too; whoever belongs nowhere any more loses the
    account with every token. Raises NotYours, NotAMember, or LastCoordinator when the last
    coordinator leaves without a successor from the practice.
    """
    _require_coordinator(visitor, practice)
    lock_practice(practice)
    rows = _rows(user, practice, now)
    if not rows:
        raise NotAMember
    if rows.filter(role=Role.COORDINATOR).exists() and not _other_coordinators(user, practice, now).exists():
        _appoint(successor, user, practice, actor, now)
    rows.update(ended_at=now)
    membership_ended.send(sender=Membership, user=user, practice=practice, now=now)
    record(action=AuditAction.OFF_BOARDED, actor=actor, subject=user, practice=practice, now=now)
    if _belongs_nowhere(user, now):
        WorkingGroupMembership.objects.filter(user=user, ended_at__isnull=True).update(ended_at=now)
        close_account(user=user)
    else:
        end_every_session(user=user)


def _appoint(successor: User | None, leaver: User, practice: Practice, actor: User, now: datetime) -> None:
    """Make the successor a coordinator; raises LastCoordinator when there is no fitting one."""
    if successor is None or successor == leaver or not successor.is_active:
        raise LastCoordinator
    rows = _rows(successor, practice, now)
    if not rows.valid_on(timezone.localdate(now)).exists():
        raise LastCoordinator
    rows.filter(role=Role.MEMBER).update(ended_at=now)
    join_practice(user=successor, practice=practice, role=Role.COORDINATOR, now=now)
    record(action=AuditAction.HANDED_OVER, actor=actor, subject=successor, practice=practice, now=now)


def _belongs_nowhere(user: User, now: datetime) -> bool:
    elsewhere = Membership.objects.filter(user=user).not_ended(timezone.localdate(now))
    runs_the_site = user.is_superuser or user.has_perm("wagtailadmin.access_admin")
    return not elsewhere.exists() and not runs_the_site


@transaction.atomic
def confirm_still_here(*, practice: Practice, users: list[User], actor: User, visitor: Visitor, now: datetime) -> int:
    """Note that these people still work at the practice, and return how many; raises NotYours."""
    _require_coordinator(visitor, practice)
    rows = Membership.objects.filter(practice=practice, user__in=users).valid_on(timezone.localdate(now))
    people = set(rows.values_list("user_id", flat=True))
    rows.update(confirmed_at=now)
    record(action=AuditAction.STILL_HERE, actor=actor, practice=practice, detail=str(len(people)), now=now)
    return len(people)
