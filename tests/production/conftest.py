"""Drills on the real set of servers, in the folder that HOST names; `make rehearse` starts it first."""

import os
from pathlib import Path

import pytest
from missing_parts import leave_out
from real_host import RealHost


@pytest.fixture(scope="session")
def host():
    """The running set; without one these tests are left out."""
    if "HOST" not in os.environ:
        leave_out("the production set: make rehearse")
    return RealHost(Path(os.environ["HOST"]))
