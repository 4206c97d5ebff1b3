"""For the real thing: refuses to start half configured, and speaks HTTPS only."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403 (a settings overlay)
from .base import ENV, SITE_URL

if len(ENV.secret_key) < 50:
    raise ImproperlyConfigured("Set SECRET_KEY to at least 50 random characters.")
if not SITE_URL.startswith("https://"):
    raise ImproperlyConfigured("Set SITE_URL to the https:// address of the site.")
if not ENV.encryption_keys or any(len(key) < 32 for key in ENV.encryption_keys):
    raise ImproperlyConfigured("Set ENCRYPTION_KEYS to one or more keys of at least 32 random characters.")
if "locmem" in ENV.cache_url.get("BACKEND", "").lower():
    raise ImproperlyConfigured("Set CACHE_URL to a cache that all workers share: limits on guessing count there.")

CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_SECURE = True
if "redis" in ENV.cache_url["BACKEND"].lower():
    # A server that hangs costs half a second once in a while, and never the limits on guessing.
    patience = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
    CACHES = {
        "default": {**ENV.cache_url, "BACKEND": "thuisbasis.base.caches.SteadyCache", "OPTIONS": patience},
        "spare": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    }
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "thuisbasis.base.logs.DiscreetFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {name: {"level": "INFO"} for name in ("thuisbasis", "knowledge", "members", "events")},
}
