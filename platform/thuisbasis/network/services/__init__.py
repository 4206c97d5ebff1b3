"""Use cases of the network."""

from .consent import withdraw_consent
from .memberships import (
    LastCoordinator,
    NotAMember,
    NotYours,
    change_role,
    confirm_still_here,
    end_membership,
    join_practice,
    lock_practice,
)
from .practices import PracticeIsNotYours, confirm_practice, proposal_for, propose_change
from .reach import Reach, people_reached, reach
from .visiting import visitor_for

__all__ = [
    "LastCoordinator",
    "NotAMember",
    "NotYours",
    "PracticeIsNotYours",
    "Reach",
    "change_role",
    "confirm_practice",
    "confirm_still_here",
    "end_membership",
    "join_practice",
    "lock_practice",
    "people_reached",
    "proposal_for",
    "propose_change",
    "reach",
    "visitor_for",
    "withdraw_consent",
]
