"""Says at the start what becomes of shared files when nothing scans them."""

from typing import Any

from django.conf import settings
from django.core import checks


def connect() -> None:
    """Let `check --deploy` ask."""
    checks.register(check_scanner, deploy=True)


def check_scanner(**kwargs: Any) -> list[checks.CheckMessage]:
    """Warn when there is no virus scanner."""
    if settings.CLAMD_URL:
        return []
    text = "served unscanned" if settings.SERVE_UNSCANNED else "kept in quarantine, and reach nobody"
    hint = "Install clamav-daemon and set CLAMD_URL=unix:///run/clamav/clamd.ctl."
    return [checks.Warning(f"There is no virus scanner: shared files are {text}.", hint=hint, id="files.W001")]
