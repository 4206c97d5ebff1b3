"""Models of the files."""

from .document import SiteDocument

__all__ = ["SiteDocument"]
