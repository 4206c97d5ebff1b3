"""The yes and no of the portal that is not the network's already."""

from thuisbasis.network.models import Role

# What coordinators give out for their own practice; other roles are the administrators' business.
INVITABLE_ROLES = (Role.MEMBER, Role.COORDINATOR)


def may_be_given(role: str) -> bool:
    """Say whether a coordinator may give this role."""
    return role in INVITABLE_ROLES
