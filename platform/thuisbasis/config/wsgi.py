"""WSGI entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thuisbasis.config.settings.production")

django = get_wsgi_application()

from thuisbasis.page_store.middleware import StoredPages  # noqa: E402 (settings are read first)

application = StoredPages(django)
