"""The worker: runs what the site left for later. Start as many as you like; kill them when you like."""

import os
import threading
import time
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker

from thuisbasis.jobs import services


class Command(BaseCommand):
    """`manage.py work`: mail, exports, planned pages and recurring work, until it is stopped."""

    help = "Do the site's background work until stopped; safe to run more than one, safe to kill."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the pace; the defaults are right for a real site."""
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between two looks")
        parser.add_argument("--lease", type=float, default=45.0, help="seconds until a silent worker counts as dead")
        parser.add_argument("--once", action="store_true", help="do what is waiting, then stop")
        parser.add_argument("--with-parent", action="store_true", help="stop when the process that started it is gone")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work in rounds; a database that is away for a moment costs one round."""
        worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=options["interval"],
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        worker.configure_signals()
        lease = timedelta(seconds=options["lease"])
        stop = threading.Event()
        heart = threading.Thread(target=_keep_beating, args=(worker.worker_id, lease, stop), daemon=True)
        services.beat(worker_id=worker.worker_id, now=timezone.now())
        heart.start()
        parent = os.getppid()
        while worker.running:
            _one_round(worker, lease)
            if options["once"] or (options["with_parent"] and os.getppid() != parent):
                break
            time.sleep(options["interval"])
        stop.set()
        heart.join(5)
        services.sign_off(worker_id=worker.worker_id)


def _one_round(worker: Worker, lease: timedelta) -> None:
    try:
        now = timezone.now()
        services.hand_on_lost_tasks(now=now, lease=lease, idle_worker=worker.worker_id)
        services.retry_failed_tasks(now=now)
        services.start_recurring_work(now=now)
        worker.run()
    except OperationalError:
        close_old_connections()


def _keep_beating(worker_id: str, lease: timedelta, stop: threading.Event) -> None:
    """Say that we live while a long task runs; the thread dies with the process."""
    while not stop.wait(lease.total_seconds() / 4):
        try:
            services.beat(worker_id=worker_id, now=timezone.now())
        except OperationalError:
            close_old_connections()
    connection.close()
