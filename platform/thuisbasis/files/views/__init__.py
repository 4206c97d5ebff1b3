"""How files go out and come in."""

from .receiving import ResumableUploadView
from .sending import serve_file

__all__ = ["ResumableUploadView", "serve_file"]
