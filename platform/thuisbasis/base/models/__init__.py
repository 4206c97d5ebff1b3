"""Models of the base."""

from .images import SiteImage, SiteRendition
from .page import BasePage

__all__ = ["BasePage", "SiteImage", "SiteRendition"]
