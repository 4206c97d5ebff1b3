"""Production settings: complete, or refused."""

import pytest

pytestmark = pytest.mark.once


COMPLETE = {
    "SECRET_KEY": "x" * 60,
    "ENCRYPTION_KEYS": "y" * 40,
    "SITE_URL": "https://thuisbasis.example.nl",
    "ALLOWED_HOSTS": "thuisbasis.example.nl",
    "CACHE_URL": "db://cache",
    "CLAMD_URL": "unix:///run/clamav/clamd.ctl",
}


def production(**environment):
    import os
    import subprocess
    import sys
    from pathlib import Path

    root = Path(__file__).resolve().parents[2]
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=root,
        env={**inherited, "DJANGO_SETTINGS_MODULE": "thuisbasis.config.settings.production", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_pass_the_deployment_check():
    import secrets

    result = production(**{**COMPLETE, "SECRET_KEY": secrets.token_urlsafe(60)})
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        {"SECRET_KEY": "kort"},
        {"SITE_URL": "http://x.nl"},
        {"ENCRYPTION_KEYS": ""},
        {"ENCRYPTION_KEYS": "kort"},
        {"CACHE_URL": "locmem://"},
    ],
)
def test_production_refuses_to_start_half_configured(wrong):
    result = production(**{**COMPLETE, **wrong})
    assert result.returncode != 0
    assert "Set " in result.stderr
