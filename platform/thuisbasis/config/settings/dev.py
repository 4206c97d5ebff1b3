"""The demo and the developer's machine: works without any configuration, on loopback only."""

from .base import *  # noqa: F403 (a settings overlay)
from .base import ENV

DEBUG = ENV.debug
# Only ever bound to loopback with invented people; production refuses this value.
SECRET_KEY = ENV.secret_key or "demo-only-not-a-secret-" + "x" * 40
COMPONENT_GALLERY = True
# Nothing leaves the machine: the demo's mails are read at /demo/.
DEMO_HELP = True
KEEP_SENT_MAIL = True
MAIL_TRANSPORT = "django.core.mail.backends.dummy.EmailBackend"
# Passkeys work on localhost without HTTPS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# Nobody's real files: a scanner is not needed, and used when there is one.
SERVE_UNSCANNED = True
if DEBUG:
    STORAGES["staticfiles"] = {  # noqa: F405 (from the base settings)
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    WHITENOISE_USE_FINDERS = True
