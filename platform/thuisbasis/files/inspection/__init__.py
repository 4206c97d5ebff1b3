"""Looks inside a file that somebody shares: what it really is, and whether others can open it safely."""

from .errors import FileIsRefused
from .inspector import LARGEST_FILE, LARGEST_FILE_TEXT, Inspection, accepted_names, inspect
from .names import clean_name

__all__ = [
    "LARGEST_FILE",
    "LARGEST_FILE_TEXT",
    "FileIsRefused",
    "Inspection",
    "accepted_names",
    "clean_name",
    "inspect",
]
