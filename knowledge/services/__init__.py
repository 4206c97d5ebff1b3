"""Use cases of the knowledge site."""

from .frameworks import FrameworkDataIsWrong, import_framework

__all__ = ["FrameworkDataIsWrong", "import_framework"]
