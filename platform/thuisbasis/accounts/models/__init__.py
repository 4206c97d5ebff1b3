"""Models of the accounts."""

from .audit import AuditAction, AuditEntry
from .user import User, UserManager

__all__ = ["AuditAction", "AuditEntry", "User", "UserManager"]
