"""How gunicorn runs the site, in Docker and on Debian alike; WEB_BIND and WEB_THREADS come from the environment."""

import os
import sys

# A thread that holds a lock in the database and waits for its turn in the process holds up all who want that lock: its
# turn comes five times as soon as Python would give it.
sys.setswitchinterval(0.001)

wsgi_app = "thuisbasis.config.wsgi"
bind = os.environ.get("WEB_BIND", "0.0.0.0:8000")
# One process a service, so that a process that is killed is one of several services behind nginx.
workers = 1
# A successor of what is killed, or renewed after so many requests, is a copy of what stands ready: it answers in a
# tenth of a second instead of reading all code again. A new release is a new service, so nothing old is kept.
preload_app = True
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "8"))
# Heartbeats in memory: a slow disk is no reason to kill a process.
worker_tmp_dir = "/dev/shm"  # noqa: S108 (memory that every Linux machine has)
timeout = 60
# Longer than nginx keeps a line that rests (60 seconds): a line that closes as a form is sent over it loses the form.
keepalive = 75
# Requests that are under way at a restart are finished.
graceful_timeout = 30
max_requests, max_requests_jitter = 20_000, 2_000
control_socket_disable = True
forwarded_allow_ips = "*"
loglevel = "warning"
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "thuisbasis.base.logs.DiscreetFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"gunicorn.error": {"level": "WARNING", "handlers": ["console"], "propagate": False}},
}
