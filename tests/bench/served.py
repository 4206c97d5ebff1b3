"""What the site costs as a server: CPU for each request that is not stored, memory, and the time until it answers."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from places import ROOT, environment

TICK = os.sysconf("SC_CLK_TCK")
SECONDS, CONNECTIONS = 2, 4


@dataclass
class Server:
    """A gunicorn with two workers; `started` is the seconds from its start to its first answer."""

    process: subprocess.Popen
    port: int
    started: float

    def workers(self) -> list[str]:
        """Return the numbers of its processes."""
        listed = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=True)
        return listed.stdout.split()

    def cpu(self) -> float:
        """Return the seconds of CPU that its workers used so far."""
        used = 0
        for worker in self.workers():
            fields = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
            used += int(fields[11]) + int(fields[12])
        return used / TICK

    def peak(self) -> float:
        """Return the most memory that a worker ever had, in MB."""
        found = []
        for worker in self.workers():
            status = Path(f"/proc/{worker}/status").read_text()
            found.append(int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1000)
        return max(found)

    def asked(self, path: str, cookie: str = "", seconds: float = SECONDS) -> dict:
        """Ask for one address without pause; return CPU in ms for each request, requests a second and the p99 in ms."""
        before = self.cpu()
        rate, slowest, count = wrk(f"http://localhost:{self.port}{path}", seconds, f"Cookie: {cookie}")
        return {"cpu": (self.cpu() - before) * 1000 / count, "rate": rate, "p99": slowest}


def wrk(address: str, seconds: float, *headers: str, connections: int = CONNECTIONS) -> tuple[float, float, int]:
    """Return requests a second, the 99th percentile in milliseconds, and the number of requests."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-H", "Accept-Encoding: gzip"]
    for header in headers:
        command += ["-H", header]
    text = subprocess.run([*command, address], check=True, capture_output=True, text=True).stdout
    assert "Non-2xx" not in text, text
    amount, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
    count = int(re.search(r"(\d+) requests in", text)[1])
    slowest = float(amount) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), slowest, count


def gunicorn(application: str, port: int, *paths: str, threads: int = 4) -> list[str]:
    """Return the command that serves an application with two workers."""
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    command += ["--pythonpath", ",".join(paths), "--workers", "2", "--worker-class", "gthread"]
    return [*command, "--threads", str(threads), "--log-level", "error", "--keep-alive", "5", application]


@contextmanager
def running(command: list[str], values: dict[str, str], port: int, path: str = "/"):
    """Run a server for as long as the block lasts, from its first answer on."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **values}, stderr=subprocess.DEVNULL)
    for _attempt in range(3000):
        try:
            urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=20).read()
            break
        except OSError:
            time.sleep(0.02)
    try:
        yield Server(process, port, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(10)


def site(name: str, port: int, threads: int = 4, **values: str):
    """Run the site on a network, as gunicorn runs it in production but that no process is renewed after so many requests."""
    values = {**environment(name), "SITE_URL": f"http://localhost:{port}", **values}
    command = gunicorn("thuisbasis.config.wsgi", port, str(ROOT / "platform"), str(ROOT), threads=threads)
    command += ["--config", str(ROOT / "platform/deploy/gunicorn.conf.py"), "--max-requests", "0"]
    return running(command, values, port, "/healthz")


def plain(port: int, of: str = "django"):
    """Run the yardstick: a Django with seven middlewares that reads nothing, or a Wagtail without pages."""
    command = gunicorn("yardsticks:plain", port, str(ROOT / "tests/support"))
    return running(command, {"YARDSTICK": of}, port)


def bare(port: int):
    """Run the yardstick: an application that answers without looking at the question."""
    return running(gunicorn("yardsticks:bare", port, str(ROOT / "tests/support")), {}, port)
