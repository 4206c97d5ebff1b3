"""A process of the site that is killed has a successor at once: what it needs stands ready and is not read again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from asking import ask, free_port, wait_for

ROOT = Path(__file__).resolve().parents[2]
TICK = os.sysconf("SC_CLK_TCK")

pytestmark = pytest.mark.once


def cpu(pid):
    """Return the seconds of CPU that a process used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def child_of(pid):
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])


@pytest.fixture
def server(copies, worker_id):
    """The site as gunicorn runs it in production, on a copy of the demo; with its address."""
    copies.copy(name := f"killed_server_{worker_id}")
    address = f"127.0.0.1:{free_port()}"
    environment = {
        **os.environ,
        "DATABASE_URL": copies.url(name),
        "DJANGO_SETTINGS_MODULE": "thuisbasis.config.settings.test",
        "WEB_BIND": address,
    }
    command = [sys.executable, "-m", "gunicorn", "--pythonpath", "platform"]
    process = subprocess.Popen(
        [*command, "--config", str(ROOT / "platform/deploy/gunicorn.conf.py")], cwd=ROOT, env=environment
    )
    wait_for(f"http://{address}/healthz")
    yield process.pid, f"http://{address}"
    process.terminate()
    process.wait(10)


def test_the_successor_of_a_killed_process_answers_without_reading_everything_again(server):
    pid, address = server
    loaded, killed = cpu(pid), child_of(pid)
    os.kill(killed, signal.SIGKILL)
    assert ask(f"{address}/healthz")[0] == 200
    assert (successor := child_of(pid)) != killed
    assert cpu(successor) < loaded / 4, (cpu(successor), loaded)
    assert "Housing First" in ask(f"{address}/")[2].decode()


def test_what_stands_ready_holds_no_connection_and_no_thread_that_two_copies_would_share(server):
    pid, address = server
    assert ask(f"{address}/zoeken/?q=wonen")[0] == 200
    held = [str(entry.readlink()) for entry in Path(f"/proc/{pid}/fd").iterdir()]
    assert len([what for what in held if what.startswith("socket:")]) == 1, "only the door itself"
    assert len(list(Path(f"/proc/{pid}/task").iterdir())) == 1
