"""A copy of the demo that processes of their own may work on."""

import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from stored_front import Front
from upload_corpus import EICAR

from thuisbasis.files.scanning import is_listening
from thuisbasis.page_store.middleware import StoredPages

ROOT = Path(__file__).resolve().parents[2]


class Scanner:
    """A real clamd with one signature of our own: the industry's test string."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.address = f"unix://{folder}/clamd.ctl"
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "--foreground", "--config-file", str(self.folder / "clamd.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _attempt in range(200):
            if is_listening(self.address):
                return
            time.sleep(0.05)
        raise AssertionError("clamd never listened")

    def stop(self):
        self.process.terminate()
        self.process.wait(20)
        (self.folder / "clamd.ctl").unlink(missing_ok=True)


@pytest.fixture
def clamd(program, tmp_path):
    """Run the scanner of Debian; nothing of it leaves this machine."""
    (tmp_path / "database").mkdir()
    (tmp_path / "database/own.ndb").write_text(f"Eicar-Ours:0:*:{EICAR.hex()}\n")
    lines = ["DatabaseDirectory {0}/database", "LocalSocket {0}/clamd.ctl", "TemporaryDirectory {0}", "User root"]
    lines += ["StreamMaxLength 120M", "MaxFileSize 120M", "MaxScanSize 400M", "CrossFilesystems yes"]
    (tmp_path / "clamd.conf").write_text("\n".join(lines).format(tmp_path) + "\n")
    scanner = Scanner(program("clamav-daemon", "clamd"), tmp_path)
    scanner.start()
    yield scanner
    scanner.stop()


class SlowServer:
    """A mail server that takes a moment for each mail and remembers who got which."""

    def __init__(self):
        from aiosmtpd.controller import Controller

        self.received, self.subjects, self.lock = [], {}, threading.Lock()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.controller = Controller(self, hostname="127.0.0.1", port=port)
        self.controller.start()
        self.url = f"smtp://127.0.0.1:{port}"

    async def handle_DATA(self, server, session, envelope):
        import asyncio
        import email

        await asyncio.sleep(0.05)
        message = email.message_from_bytes(envelope.content)
        with self.lock:
            self.received.append((envelope.rcpt_tos[0], message["Message-ID"]))
            self.subjects[message["Message-ID"]] = message["Subject"]
        return "250 OK"


@pytest.fixture
def mail_server():
    server = SlowServer()
    yield server
    server.controller.stop()


@pytest.fixture
def one_connection():
    """Keep the test's own transaction, which Django would end with each request, as its test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def folder(settings, tmp_path, one_connection):
    """Keep public pages in a folder of the test."""
    settings.SITE_URL = "http://testserver"
    settings.PAGE_STORE = str(tmp_path / "pages")
    return tmp_path / "pages"


@pytest.fixture
def front(folder):
    """Stand before the site, with a store that is empty."""
    return Front(StoredPages(WSGIHandler()))


@pytest.fixture
def changing(django_capture_on_commit_callbacks):
    """Do what is in the block as one transaction that is done after it, and has nothing left to do then."""

    @contextmanager
    def transaction_that_ends():
        with django_capture_on_commit_callbacks(execute=True):
            yield
        connection.run_on_commit.clear()

    return transaction_that_ends
