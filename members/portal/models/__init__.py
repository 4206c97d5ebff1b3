"""Models of the portal."""

from .data_export import DataExport
from .invitation import Invitation
from .profile import Profile

__all__ = ["DataExport", "Invitation", "Profile"]
