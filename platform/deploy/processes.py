"""What `host.py` needs to keep processes running: supervisor, and templates that are filled in."""

import http.client
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

PATIENCE = 120


def fill_in(template: str, values: dict[str, object]) -> str:
    """Return the text with each ${NAME} replaced; raises KeyError for a name that is not known."""
    return re.sub(r"\$\{([A-Z_]+)\}", lambda match: str(values[match[1]]), template)


class Supervisor:
    """The one process that keeps the others running, with its configuration in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.configuration = folder / "supervisord.conf"

    def say(self, *words: str) -> str:
        """Tell supervisor something, and return its answer."""
        command = ["supervisorctl", "-c", str(self.configuration), *words]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    def is_there(self) -> bool:
        """Say whether it runs."""
        return "pid" in self.say("pid") or self.say("pid").strip().isdigit()

    def begin(self) -> None:
        """Start it without any process, or let it read its configuration anew."""
        if self.is_there():
            self.say("update")
            return
        # A number that was a process of ours before the machine stopped may be anybody's now.
        (self.folder / "run/nginx.pid").unlink(missing_ok=True)
        subprocess.run(["supervisord", "-c", str(self.configuration)], check=True)
        self._wait(self.is_there, "supervisor")

    def end(self) -> None:
        """Stop every process and supervisor itself, and wait until they are gone."""
        if self.is_there():
            pid = (self.folder / "run/supervisord.pid").read_text().strip()
            self.say("shutdown")
            self._wait(lambda: not Path("/proc", pid).exists(), "the end of supervisor")

    def start(self, *names: str) -> None:
        """Start processes that do not run, and wait until they do."""
        for name in names:
            self.say("start", name)
        self._wait(lambda: all(self._runs(name) for name in names), ", ".join(names))

    def renew(self, name: str) -> None:
        """Let a process finish what it does, and start it anew."""
        self.say("restart", name)
        self._wait(lambda: self._runs(name), name)

    def _runs(self, name: str) -> bool:
        return " RUNNING " in self.say("status", name)

    def _wait(self, is_so: object, for_what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not is_so():  # type: ignore[operator] # a question without arguments
            if time.monotonic() > deadline:
                sys.exit(f"Still waiting for {for_what} after {PATIENCE} seconds; see {self.folder / 'log'}.")
            time.sleep(0.1)


def wait_until_ready(place: Path, host: str) -> None:
    """Wait until a process of the site says at its socket that visitors may come."""
    deadline, said = time.monotonic() + PATIENCE, "nothing"
    while time.monotonic() < deadline:
        try:
            status, said = _ask(place, host)
            if status == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    sys.exit(f"{place.name} is not ready after {PATIENCE} seconds; it said: {said}")


def _ask(place: Path, host: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(host)
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.settimeout(10)
    connection.sock.connect(str(place))
    connection.request("GET", "/readyz", headers={"X-Forwarded-Proto": "https"})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()
