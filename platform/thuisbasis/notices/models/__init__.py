"""Models of the notices."""

from .notice import Notice
from .subscription import Frequency, Subscription

__all__ = ["Frequency", "Notice", "Subscription"]
