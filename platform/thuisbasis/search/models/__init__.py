"""Models of search."""

from .entry import SearchEntry

__all__ = ["SearchEntry"]
