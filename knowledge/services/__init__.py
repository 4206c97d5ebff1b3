"""Use cases of the knowledge site."""

from .frameworks import FrameworkDataIsWrong, import_framework
from .importing import ImportReport, ThereIsNoPlaceForArticles, import_document

__all__ = [
    "FrameworkDataIsWrong",
    "ImportReport",
    "ThereIsNoPlaceForArticles",
    "import_document",
    "import_framework",
]
