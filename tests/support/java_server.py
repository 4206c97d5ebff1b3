"""Runs a server of the tests that is made in Java: fetched once from its Maven artefact, started and stopped."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OLDEST_JAVA = 21
PATIENCE = 120


class JavaServer:
    """A server that stands in var/`name`, made of what support/`name`/pom.xml names."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.home = ROOT / "var" / name
        self.pom = Path(__file__).parent / name / "pom.xml"

    def start(self, arguments: list[str], address: str) -> str:
        """Start it, wait until something answers at the address, and return what is missing, or ""."""
        program = java()
        missing = (
            self._fetch()
            if program
            else f"a JDK of version {OLDEST_JAVA} or newer (apt-get install openjdk-21-jdk-headless)"
        )
        if missing:
            return missing
        command = [program, *arguments[:-1], "-cp", f"{self.home}/lib/*", *arguments[-1].split()]
        with (self.home / "log").open("w") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.home, start_new_session=True)
        (self.home / "pid").write_text(str(process.pid))
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and process.poll() is None:
            try:
                urllib.request.urlopen(address, timeout=2).read()
            except urllib.error.HTTPError:
                return ""
            except OSError:
                time.sleep(0.5)
                continue
            return ""
        self.stop()
        return f"a server that starts: see {self.home}/log"

    def stop(self) -> int:
        """End it, if it runs."""
        pid = self.home / "pid"
        if pid.exists():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(int(pid.read_text()), signal.SIGTERM)
            pid.unlink()
        return 0

    def _fetch(self) -> str:
        """Fetch it once, and return what is missing, or ""."""
        self.home.mkdir(parents=True, exist_ok=True)
        if (self.home / "lib").is_dir():
            return ""
        maven = shutil.which("mvn")
        if maven is None:
            return "Maven (apt-get install maven)"
        command = [maven, "-q", "-B", "-f", str(self.pom), "dependency:copy-dependencies", "-DincludeScope=runtime"]
        if subprocess.run(
            [*command, f"-DoutputDirectory={self.home}/lib.new"], stdout=sys.stderr, check=False
        ).returncode:
            return "the server itself, which Maven could not fetch"
        (self.home / "lib.new").rename(self.home / "lib")
        return ""


def java() -> str:
    """Return a Java that is new enough, or ""."""
    homes = [os.environ.get("JAVA_HOME", ""), *map(str, sorted(Path("/usr/lib/jvm").glob("*"), reverse=True))]
    for candidate in [*(f"{home}/bin/java" for home in homes if home), shutil.which("java") or ""]:
        if candidate and Path(candidate).exists() and version(candidate) >= OLDEST_JAVA:
            return candidate
    return ""


def version(program: str) -> int:
    """Return the version of a Java, or 0."""
    said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
    match = re.search(r'version "(\d+)', said)
    return int(match[1]) if match else 0


def command_line(start, stop) -> None:
    """Do what the one word after the program's name says."""
    sys.exit({"start": start, "stop": stop}[sys.argv[1]]())
