#!/usr/bin/env python
"""Command line entry point; puts the `platform` container on the path."""

import gc
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    """Run a Django management command with the development settings by default."""
    # Behind the project root: `platform` itself must stay the standard library's module.
    sys.path.insert(1, str(ROOT / "platform"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thuisbasis.config.settings.dev")
    # Migrations make millions of objects that stay for a while: looking through them as often as Python does by itself
    # takes a quarter of the time.
    gc.set_threshold(20_000, 20, 50)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
