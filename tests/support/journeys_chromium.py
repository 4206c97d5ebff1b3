"""Starts the browser of the journeys: one for all tests, and one of its own for a test that kills it."""

import os

from real_host import trust

# The shell draws the same pages without a browser's own windows around them, for a third less work.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
if "HOST" in os.environ:
    QUIET.append(trust(os.environ["HOST"]))


def launch(kind, chromium, *marks):
    """Start Chromium by Playwright's `kind` of browser, with marks by which its process is found."""
    return kind.launch(executable_path=chromium, args=[*QUIET, *marks])
