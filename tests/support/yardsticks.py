"""What speed is compared with: an application that does nothing, a Django that reads nothing, a Wagtail without pages."""

import os
import sys

BODY = b"<!doctype html><title>x</title>" + b"x" * 20_000


def bare(environ, start_response):
    """Answer 20 kB without looking at the question: the floor of any WSGI application on this server."""
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))])
    return [BODY]


def django_without_database():
    """Return a Django with the seven middlewares of its own template, and a page of 20 kB that reads nothing."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.urls import path

    settings.configure(
        ALLOWED_HOSTS=["*"],
        SECRET_KEY="x" * 50,
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
    )
    sys.modules[__name__].urlpatterns = [path("", lambda request: HttpResponse(BODY))]
    return get_wsgi_application()


def wagtail_without_pages():
    """Return a Wagtail as it is begun with, its admin at its address, and a page of 20 kB that reads nothing."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.urls import include, path

    parts = ("contrib.forms", "contrib.redirects", "embeds", "sites", "users", "snippets", "documents", "images")
    settings.configure(
        ALLOWED_HOSTS=["*"],
        SECRET_KEY="x" * 50,
        ROOT_URLCONF=__name__,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        STATIC_URL="/static/",
        WAGTAIL_SITE_NAME="x",
        WAGTAILADMIN_BASE_URL="http://localhost",
        INSTALLED_APPS=[
            *(f"wagtail.{part}" for part in (*parts, "search", "admin")),
            *("wagtail", "modelcluster", "taggit", "django_tasks"),
            *(f"django.contrib.{part}" for part in ("auth", "contenttypes", "sessions", "messages", "staticfiles")),
        ],
    )
    application = get_wsgi_application()
    sys.modules[__name__].urlpatterns = [
        path("", lambda request: HttpResponse(BODY)),
        path("admin/", include("wagtail.admin.urls")),
    ]
    return application


MADE = {"django": django_without_database, "wagtail": wagtail_without_pages}
plain = MADE[os.environ["YARDSTICK"]]() if "YARDSTICK" in os.environ else None
