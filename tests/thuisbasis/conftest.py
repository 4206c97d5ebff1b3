"""A copy of the demo that processes of their own may work on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def own_process(copies, worker_id):
    """Run a piece of Python in a process of its own, on a copy of the demo, with settings as a worker has them."""
    name = f"process_{worker_id}"
    copies.copy(name)
    environment = {
        **os.environ,
        "DATABASE_URL": copies.url(name),
        "DJANGO_SETTINGS_MODULE": "worker_settings",
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), str(ROOT / "platform"), str(ROOT)]),
    }

    def run(code, **variables):
        command = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
        result = subprocess.run(
            command, env={**environment, **variables}, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    return run
