"""Models of the network."""

from .audience import Audience, AudienceModel
from .membership import Membership, Role
from .practice import CareProvider, Practice, Province
from .theme import Theme

__all__ = [
    "Audience",
    "AudienceModel",
    "CareProvider",
    "Membership",
    "Practice",
    "Province",
    "Role",
    "Theme",
]
