"""Brings the demo up to date and serves it."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from thuisbasis.config.demo.growing import Growth
from thuisbasis.config.demo.loading import demo_is_loaded, load_demo
from thuisbasis.config.demo.people import PASSWORD, PEOPLE
from thuisbasis.config.env import ROOT


class Command(BaseCommand):
    """`manage.py demo --port 8000 --scale 10`: what `make demo` runs; safe to run again."""

    help = "Prepare the database, the demo content and the static files, and start the server."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the port, how large a network to make, and whether to stop before serving."""
        parser.add_argument("--port", type=int, default=8000)
        help_text = "Add this many times 100 articles, 1,000 documents, 50 members and 20 questions."
        parser.add_argument("--scale", type=int, default=0, help=help_text)
        parser.add_argument("--prepare-only", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare each part, telling what is done, and replace this process by the server."""
        self._tell("2/5 Database")
        call_command("migrate", verbosity=0, interactive=False)
        self._tell("3/5 Demo content")
        if not demo_is_loaded():
            load_demo(tell=self._tell_step)
        if options["scale"]:
            Growth(options["scale"], self._tell_step).grow()
        self._tell("4/5 Styles and scripts")
        self._collect_static()
        if options["prepare_only"]:
            return
        self._tell("5/5 Server")
        self._introduce(options["port"])
        self._serve(options["port"])

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _tell_step(self, step: str) -> None:
        self._tell(f"    … {step}")

    def _collect_static(self) -> None:
        """Collect the static files, unless nothing changed since the last time."""
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        fingerprint = _static_fingerprint()
        if stamp.exists() and stamp.read_text(encoding="utf-8") == fingerprint:
            return
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(fingerprint, encoding="utf-8")

    def _introduce(self, port: int) -> None:
        address = f"http://localhost:{port}"
        self._tell(f"\n  The site       {address}/")
        self._tell(f"  For editors    {address}/cms/")
        self._tell(f"  All components {address}/galerij/\n")
        self._tell(f"  Log in as (password: {PASSWORD})")
        for person in PEOPLE:
            self._tell(f"    {person.email:24} {person.about}")
        self._tell(f"\n  Codes that a phone would show, and the site's mails: {address}/demo/")
        self._tell("\n  Stop with Ctrl-C. Run `make demo` again to go on where you were.\n")

    def _serve(self, port: int) -> None:
        command = [
            *(sys.executable, "-m", "gunicorn", "--chdir", str(ROOT), "--pythonpath", str(ROOT / "platform")),
            *("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", "1", "--threads", "8"),
            *("--no-control-socket", "--log-level", "warning", "--timeout", "60"),
            "thuisbasis.config.wsgi",
        ]
        os.environ["SITE_URL"] = os.environ.get("SITE_URL", f"http://localhost:{port}")
        # The worker stops by itself when the server is gone.
        subprocess.Popen([sys.executable, str(ROOT / "manage.py"), "work", "--with-parent"])  # noqa: S603 (our own command)
        os.execv(sys.executable, command)  # noqa: S606 (our own interpreter with fixed arguments)


def _static_fingerprint() -> str:
    """Return a digest of our own static files and of the locked versions of everyone else's."""
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    folders = [*ROOT.glob("platform/thuisbasis/*/static"), *ROOT.glob("members/*/static"), ROOT / "knowledge/static"]
    for folder in sorted(folders):
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
