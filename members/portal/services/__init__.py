"""Use cases of the portal."""

from .bulk import BulkLine, invite_many, read_lines
from .exports import build_export, forget_old_exports, request_export
from .invitations import (
    CodeIsWrong,
    InvitationIsForSomebodyElse,
    InvitationIsOver,
    accept_as_member,
    accept_as_newcomer,
    check_code,
    forget_old_invitations,
    invite,
    revoke_invitation,
    send_code,
    usable_invitation,
)
from .leaving import erase_me
from .searchable import find_again, find_who_is_here
from .still_here import ask_who_still_works_here, unconfirmed

__all__ = [
    "BulkLine",
    "CodeIsWrong",
    "InvitationIsForSomebodyElse",
    "InvitationIsOver",
    "accept_as_member",
    "accept_as_newcomer",
    "ask_who_still_works_here",
    "build_export",
    "check_code",
    "erase_me",
    "find_again",
    "find_who_is_here",
    "forget_old_exports",
    "forget_old_invitations",
    "invite",
    "invite_many",
    "read_lines",
    "request_export",
    "revoke_invitation",
    "send_code",
    "unconfirmed",
    "usable_invitation",
]
