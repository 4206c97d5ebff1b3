"""Keeps secrets unreadable in the database: Fernet (AES-128-CBC with HMAC-SHA256), with keys that can be replaced."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def _cipher() -> MultiFernet:
    """Return the cipher: the first key locks, all of them open, so that a key can be replaced."""
    keys = settings.ENCRYPTION_KEYS or [settings.SECRET_KEY]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in keys])


def encrypt(text: str) -> str:
    """Return the text in a form that only our keys open."""
    return _cipher().encrypt(text.encode()).decode()


def decrypt(locked: str) -> str:
    """Return the text again; raises cryptography.fernet.InvalidToken when no key of ours fits."""
    return _cipher().decrypt(locked.encode()).decode()
