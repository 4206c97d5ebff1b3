"""Starts and stops the search engine of the tests: a real OpenSearch, from its Maven artefact.

`search_server.py start` prints its address for SEARCH_URL, or one line that says what is missing;
`search_server.py stop` ends it. It needs Maven, and a JDK of version 21 or newer.
"""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "var/search-engine"
POM = Path(__file__).parent / "search-engine/pom.xml"
NEWEST_FIRST_PORT, OLDEST_JAVA = 9298, 21
PATIENCE = 120


def java() -> str:
    """Return a Java that is new enough, or ""."""
    homes = [os.environ.get("JAVA_HOME", ""), *map(str, sorted(Path("/usr/lib/jvm").glob("*"), reverse=True))]
    for candidate in [*(f"{home}/bin/java" for home in homes if home), shutil.which("java") or ""]:
        if candidate and Path(candidate).exists() and version(candidate) >= OLDEST_JAVA:
            return candidate
    return ""


def version(program: str) -> int:
    said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
    match = re.search(r'version "(\d+)', said)
    return int(match[1]) if match else 0


def fetch() -> str:
    """Fetch the engine once, and return what is missing, or ""."""
    if (HOME / "lib").is_dir():
        return ""
    maven = shutil.which("mvn")
    if maven is None:
        return "Maven (apt-get install maven)"
    command = [maven, "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", f"-DoutputDirectory={HOME}/lib.new"]
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
        return "the engine itself, which Maven could not fetch"
    (HOME / "lib.new").rename(HOME / "lib")
    return ""


def base_port() -> int:
    """Return a base port whose next one is free: the engine listens there, and wants it below 9300."""
    for port in range(9210, NEWEST_FIRST_PORT):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port + 1)):
                return port
    raise OSError("no port between 9210 and 9298 is free")


def start() -> int:
    HOME.mkdir(parents=True, exist_ok=True)
    program = java()
    missing = (
        fetch() if program else f"a JDK of version {OLDEST_JAVA} or newer (apt-get install openjdk-21-jdk-headless)"
    )
    if missing:
        print(f"The tests of the search engine are skipped. They need {missing}.", file=sys.stderr)
        return 1
    shutil.rmtree(HOME / "data", ignore_errors=True)
    port = base_port()
    command = [program, "-Xmx512m", "--add-modules=jdk.incubator.vector", "-cp", f"{HOME}/lib/*"]
    command += ["org.codelibs.opensearch.runner.OpenSearchRunner", "-basePath", str(HOME / "data")]
    command += ["-numOfNode", "1", "-baseHttpPort", str(port)]
    with (HOME / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=HOME, start_new_session=True)
    (HOME / "pid").write_text(str(process.pid))
    address = f"http://127.0.0.1:{port + 1}"
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2).read()
        except OSError:
            time.sleep(0.5)
            continue
        print(f"opensearch+{address}/tests")
        return 0
    print(f"The search engine did not start: see {HOME}/log", file=sys.stderr)
    stop()
    return 1


def stop() -> int:
    pid = HOME / "pid"
    if pid.exists():
        with contextlib.suppress(ProcessLookupError):
            os.killpg(int(pid.read_text()), signal.SIGTERM)
        pid.unlink()
    return 0


if __name__ == "__main__":
    sys.exit({"start": start, "stop": stop}[sys.argv[1]]())
