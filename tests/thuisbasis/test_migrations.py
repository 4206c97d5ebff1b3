"""Migrations go back and forward again, and keep every row of what both sides know."""

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.on_server
WALK = Path(__file__).resolve().parents[1] / "support/walk_migrations.py"


def test_every_migration_of_ours_goes_back_and_forward_and_keeps_every_row_of_the_demo(own_process):
    walked = json.loads(own_process(WALK.read_text()).splitlines()[-1])
    assert len(walked["migrations"]) > 20, "as far as no migration of somebody else goes along"
    assert walked["rows"] > 1_000
    assert walked["columns"] > 150
    assert walked["trouble"] == []
    assert walked["missing"] == []
