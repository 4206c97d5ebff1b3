"""For the test suite: as production where it matters, quick where it does not."""

import os

from .base import *  # noqa: F403 (a settings overlay)
from .base import DATABASES, ENV, MEDIA_URL
from .storage import storages_in

SECRET_KEY = "test-only-not-a-secret-" + "x" * 40
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
COMPONENT_GALLERY = True
SERVE_UNSCANNED = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
KEEP_SENT_MAIL = True
# A browser that came in for one test is still trusted in the next.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600
DEMO_HELP = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
# Beside the demo's own data, and never in its way.
TEST_DATA_DIR = ENV.data_dir / "test" / DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
MEDIA_ROOT = TEST_DATA_DIR / "media"
STORAGES = storages_in(TEST_DATA_DIR, {}, MEDIA_URL)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Only the tests of the search engine use it, with indexes of their own.
SEARCH_ENGINE_OF_THE_TESTS, SEARCH_ENGINE = ENV.search_url, {}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# Playwright's loop runs in the test's own thread; the live server has threads of its own.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
