"""Keeps readers from waiting for an engine that just failed."""

import time

PAUSE = 15.0


class Breaker:
    """Lets one request in so many seconds find out whether the engine is back; each process has its own."""

    def __init__(self) -> None:
        self._open_until = 0.0

    @property
    def is_open(self) -> bool:
        """Say whether the engine should be left alone for now."""
        return time.monotonic() < self._open_until

    def failed(self) -> None:
        """Leave the engine alone for a while."""
        self._open_until = time.monotonic() + PAUSE

    def answered(self) -> None:
        """Trust the engine again."""
        self._open_until = 0.0
