"""Makes the rules importable for the tests beside them."""

import importlib.util
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def rules():
    file = Path(__file__).with_name("rules.py")
    spec = importlib.util.spec_from_file_location("architecture_rules", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules["architecture_rules"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def root():
    return Path(__file__).resolve().parents[2]
