"""Production with the demo's invented people and its codes in sight: for trying the real set of servers."""

from .production import *  # noqa: F403 (a settings overlay)

COMPONENT_GALLERY = True
DEMO_HELP = True
KEEP_SENT_MAIL = True
MAIL_TRANSPORT = "django.core.mail.backends.dummy.EmailBackend"
# A browser that came in for one rehearsal is still trusted in the next.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600
