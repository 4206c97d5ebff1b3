"""Models of the library."""

from .document import Document, DocumentVersion, Folder
from .review import Comment, ReviewRequest

__all__ = ["Comment", "Document", "DocumentVersion", "Folder", "ReviewRequest"]
