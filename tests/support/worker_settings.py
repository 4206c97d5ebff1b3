"""Settings of a worker as in production: tasks in the database, mail to a real server."""

from thuisbasis.config.settings import base
from thuisbasis.config.settings.test import *  # noqa: F403 (a settings overlay)

EMAIL_BACKEND, TASKS = base.EMAIL_BACKEND, base.TASKS
MAIL_TRANSPORT = base.ENV.email_url["EMAIL_BACKEND"]
KEEP_SENT_MAIL = False
