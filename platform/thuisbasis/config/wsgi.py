"""WSGI entry point for gunicorn."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thuisbasis.config.settings.production")

# What is made at the start stays as long as the process: looking through half a million objects for rubbish, while they
# are made and again while visitors wait, finds nothing.
gc.disable()
django = get_wsgi_application()

from django.conf import settings  # noqa: E402 (they are there from here on)

from thuisbasis.page_store.middleware import StoredPages  # noqa: E402 (settings are read first)

import_module(settings.ROOT_URLCONF)
gc.freeze()
gc.enable()

application = StoredPages(django)
