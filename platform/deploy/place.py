"""One machine: where everything of the site stands on it, and what was chosen when it was set up."""

import hashlib
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

from processes import Supervisor

DEPLOY = Path(__file__).resolve().parent
ROOT = DEPLOY.parents[1]
OWNER = "thuisbasis"


class Host:
    """One machine: where everything stands, and the choices that were made when it was set up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_root = os.geteuid() == 0
        self.owner = OWNER if self.is_root else os.environ.get("USER", "")
        self.choices_file = folder / "host.json"
        self.choices = json.loads(self.choices_file.read_text()) if self.choices_file.exists() else {}
        self.supervisor = Supervisor(folder)

    @property
    def python(self) -> Path:
        """The Python that has the packages of this release."""
        lock = hashlib.sha256((ROOT / "requirements.lock").read_bytes()).hexdigest()[:12]
        return Path(self.choices.get("python") or self.folder / f"packages-{lock}/bin/python")

    @property
    def release(self) -> Path:
        """The folder with the code that runs: a copy, so that a checkout may change under it."""
        return self.folder / "release"

    @property
    def environment_file(self) -> Path:
        """The file with the variables of `.env.example`, for a shell to read."""
        return self.folder / "environment"

    def choose(self, given: dict[str, object]) -> None:
        """Remember what was chosen, on top of what was chosen before."""
        self.choices |= {name: value for name, value in given.items() if value is not None}
        if "address" not in self.choices:
            sys.exit("Say at what address the site will be: --address https://…")
        if not str(self.choices["address"]).startswith("https://"):
            sys.exit("The address begins with https://.")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.choices_file.write_text(json.dumps(self.choices, indent=2) + "\n")

    def run(self, *command: object) -> None:
        """Run a command as the owner of the site's files; raises CalledProcessError."""
        as_owner = ["runuser", "-u", self.owner, "--"] if self.is_root else []
        subprocess.run([*as_owner, *map(str, command)], check=True, cwd=self.folder)

    def manage(self, *arguments: object) -> None:
        """Run `manage.py` as the site would; raises CalledProcessError."""
        program = f"{self.python} {self.release}/manage.py {shlex.join(map(str, arguments))}"
        self.run("bash", "-c", f"set -a; . {self.environment_file}; exec {program}")
