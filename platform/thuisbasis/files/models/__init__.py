"""Models of the files."""

from .document import SiteDocument
from .recording import Recording

__all__ = ["Recording", "SiteDocument"]
