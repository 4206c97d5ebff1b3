"""Models of the base."""

from .images import SiteImage, SiteRendition
from .page import BasePage, is_original

__all__ = ["BasePage", "SiteImage", "SiteRendition", "is_original"]
