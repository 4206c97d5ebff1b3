"""The database engine `thuisbasis.base.postgresql` (Django asks for a module of this name)."""

import threading
import time
from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError

# A restart, and the recovery after a crash, take less; a visitor would not wait longer.
PATIENCE = 8.0
PAUSE = 0.05
# One thread of a process knocks and the others wait for it: a server that recovers needs the processor itself.
_AT_THE_DOOR = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """Waits for a database that is just restarting, so that its restart is a slow page and not an error.

    Only for a connection that is not there yet: what was under way when the server went is lost, and rolled back.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect within `PATIENCE` seconds; raises psycopg's OperationalError when the server stays away."""
        try:
            return super().get_new_connection(conn_params)
        except OperationalError as error:
            if not is_passing(error):
                raise
        deadline = time.monotonic() + PATIENCE
        with _AT_THE_DOOR:
            return self._knock(conn_params, deadline)

    def set_autocommit(self, autocommit: bool, *args: Any, **kwargs: Any) -> None:
        """Change how transactions end; the end of one whose connection was lost is told at once.

        Django would first connect anew, so that whoever hears of the loss hears of it only once the server is back.
        """
        if not autocommit or self.connection is not None:
            super().set_autocommit(autocommit, *args, **kwargs)

    def _knock(self, conn_params: dict[str, Any], deadline: float) -> Any:
        while True:
            try:
                return super().get_new_connection(conn_params)
            except OperationalError as error:
                if not is_passing(error) or time.monotonic() > deadline:
                    raise
                time.sleep(PAUSE)


def is_passing(error: OperationalError) -> bool:
    """Say whether a refusal is that of a server that comes or goes, and not of a wrong name or password."""
    said = str(error).lower()
    return any(
        words in said
        for words in ("refused", "starting up", "shutting down", "recovery mode", "not yet accepting", "no such file")
    )
