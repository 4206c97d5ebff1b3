"""Reads documents of other people: text, headings, lists, tables and links, without site furniture."""

from .errors import (
    FileCannotBeRead,
    FileIsEmpty,
    FileIsEncrypted,
    FileIsNotWhatItSays,
    FileIsTooLarge,
    FileIsUnreadable,
    KindIsNotSupported,
)
from .outline import Heading, ListOfItems, Outline, Paragraph, Part, Table
from .reader import read_document

__all__ = [
    "FileCannotBeRead",
    "FileIsEmpty",
    "FileIsEncrypted",
    "FileIsNotWhatItSays",
    "FileIsTooLarge",
    "FileIsUnreadable",
    "Heading",
    "KindIsNotSupported",
    "ListOfItems",
    "Outline",
    "Paragraph",
    "Part",
    "Table",
    "read_document",
]
