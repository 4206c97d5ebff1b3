"""Models of the network."""

from .audience import Audience, AudienceModel
from .membership import Membership, Role
from .person import Consent, ConsentUse, Person
from .practice import CareProvider, Country, Practice, Province, TargetGroup
from .theme import Theme
from .working_group import WorkingGroup, WorkingGroupMembership

__all__ = [
    "Audience",
    "AudienceModel",
    "CareProvider",
    "Consent",
    "ConsentUse",
    "Country",
    "Membership",
    "Person",
    "Practice",
    "Province",
    "Role",
    "TargetGroup",
    "Theme",
    "WorkingGroup",
    "WorkingGroupMembership",
]
