"""What is true on every machine; the other settings modules only say what differs."""

from django.utils.translation import gettext_lazy as _

from thuisbasis.config.env import ROOT, read_environment

from .editing import *  # noqa: F403 (a settings overlay)
from .login import *  # noqa: F403 (a settings overlay)
from .storage import storages_in

ENV = read_environment()

DEBUG = False
SECRET_KEY = ENV.secret_key
ALLOWED_HOSTS = ENV.allowed_hosts
SITE_URL = ENV.site_url
SECURITY_CONTACT = ENV.security_contact
ACCESSIBILITY_CONTACT = ENV.accessibility_contact
COMPONENT_GALLERY = False
# Pages that show the demo's mails and codes; never on a site with real people.
DEMO_HELP = False

INSTALLED_APPS = [
    "thuisbasis.config.apps.ConfigConfig",
    "thuisbasis.base.apps.BaseConfig",
    "thuisbasis.jobs.apps.JobsConfig",
    "thuisbasis.page_store.apps.PageStoreConfig",
    "thuisbasis.mail.apps.MailConfig",
    "thuisbasis.accounts.apps.AccountsConfig",
    "thuisbasis.network.apps.NetworkConfig",
    "thuisbasis.notices.apps.NoticesConfig",
    "thuisbasis.files.apps.FilesConfig",
    "thuisbasis.search.apps.SearchConfig",
    "knowledge.apps.KnowledgeConfig",
    "events.apps.EventsConfig",
    "members.exchange.apps.ExchangeConfig",
    "members.library.apps.LibraryConfig",
    "members.assessments.apps.AssessmentsConfig",
    "members.portal.apps.PortalConfig",
    "wagtail.contrib.search_promotions",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail_footnotes",
    "thuisbasis.config.apps.Redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "thuisbasis.config.apps.Snippets",
    "thuisbasis.config.apps.Documents",
    "thuisbasis.config.apps.Images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "laces",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "thuisbasis.base.middleware.CompressText",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "thuisbasis.base.middleware.AdminContentSecurityPolicy",
    "thuisbasis.base.middleware.RefuseUnreadableInput",
    "thuisbasis.base.middleware.SayThatStorageIsFull",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "thuisbasis.accounts.middleware.SessionLifeMiddleware",
    "thuisbasis.network.middleware.VisitorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "thuisbasis.network.middleware.SecondFactorMiddleware",
    "thuisbasis.network.middleware.EditorsOnlyMiddleware",
    "knowledge.middleware.KnownPages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "thuisbasis.config.urls"
WSGI_APPLICATION = "thuisbasis.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "thuisbasis.base.context_processors.site",
                "knowledge.context_processors.menus",
                "knowledge.context_processors.languages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "laces.templatetags.laces",
                "wagtail.templatetags.wagtailcore_tags",
                "thuisbasis.base.templatetags.components",
            ],
        },
    }
]

DATABASES = {"default": ENV.database_url}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    ENV.data_dir.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        # A write transaction takes its lock at the start: waiting instead of "database is locked".
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"] |= {"ENGINE": "thuisbasis.base.postgresql", "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": ENV.cache_url}

ENCRYPTION_KEYS = ENV.encryption_keys
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.trusted_proxy_count
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": ENV.sso_providers}}

LANGUAGE_CODE = "nl"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels")), ("fr", _("Frans"))]
LOCALE_PATHS = [ROOT / "platform/thuisbasis/base/locale", ROOT / "platform/thuisbasis/base/wording"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = WAGTAIL_I18N_ENABLED = True

STATIC_URL = "/static/"
STATIC_ROOT = ENV.data_dir / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = ENV.data_dir / "media"
STORAGES = storages_in(ENV.data_dir, ENV.storage_url, MEDIA_URL)
# Where the web server in front finds files for X-Accel-Redirect; empty: we send them ourselves.
ACCEL_PREFIX = ENV.accel_prefix
PAGE_STORE = ENV.page_store
# Where a backup is made each night; empty: none.
BACKUPS = ENV.backups
# The virus scanner; without one, files stay in quarantine unless SERVE_UNSCANNED says otherwise.
CLAMD_URL = ENV.clamd_url
SERVE_UNSCANNED = ENV.serve_unscanned
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 60
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["jpg", "jpeg", "png", "gif", "webp", "avif", "gz", "woff", "woff2"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Every mail is written down in our own table first; the worker hands it to the transport.
EMAIL_BACKEND = "thuisbasis.mail.backends.OutboxBackend"
MAIL_TRANSPORT = ENV.email_url["EMAIL_BACKEND"]
KEEP_SENT_MAIL = False
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
EMAIL_HOST = ENV.email_url.get("EMAIL_HOST", "")
EMAIL_PORT = ENV.email_url.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = ENV.email_url.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = ENV.email_url.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = ENV.email_url.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = ENV.email_url.get("EMAIL_USE_SSL", False)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.default_from_email

WAGTAILADMIN_BASE_URL = SITE_URL
# Off unless the environment names one; what it writes is marked until a person read it.
if ENV.machine_translator:
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = ENV.machine_translator
# The search engine beside the database, or {}; modelsearch is for Wagtail's own search in the admin.
SEARCH_ENGINE = ENV.search_url
MODELSEARCH_BACKENDS = WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "modelsearch.backends.database"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
        "frame-src": ["https://www.youtube-nocookie.com", "https://player.vimeo.com"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
# Wagtail loosens this itself for its own previews.
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS: list[str] = []
