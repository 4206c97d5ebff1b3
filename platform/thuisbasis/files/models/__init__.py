"""Models of the files."""

from .document import SiteDocument
from .recording import Recording
from .stored_file import FileState, PartialUpload, StoredFile, TextState, private_storage

__all__ = ["FileState", "PartialUpload", "Recording", "SiteDocument", "StoredFile", "TextState", "private_storage"]
