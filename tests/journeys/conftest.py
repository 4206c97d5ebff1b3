"""A real server on a copy of the demo, and a real browser that may only talk to it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from asking import free_port, wait_for
from journeys_chromium import BROWSERS, launch
from real_host import RealHost

ROOT = Path(__file__).resolve().parents[2]
PREPARATIONS = [Path(__file__).parent / name for name in ("talk_show_states.py", "assessment_rounds.py")]


class OwnServer:
    """A copy of the demo, served by gunicorn as `make demo` does."""

    def __init__(self, copies, worker_id):
        name = f"server_{worker_id}"
        copies.copy(name)
        port = free_port()
        # Passkeys need a name: a number is no place for them.
        self.address = f"http://localhost:{port}"
        self.environment = {
            **os.environ,
            "DATABASE_URL": copies.url(name),
            "DJANGO_SETTINGS_MODULE": "thuisbasis.config.settings.test",
            "SITE_URL": self.address,
        }
        self.command = [sys.executable, "-m", "gunicorn", "--pythonpath", "platform", "--bind", f"127.0.0.1:{port}"]
        self.command += ["--worker-class", "gthread", "--threads", "4", "--no-control-socket", "--log-level", "error"]

    def start(self):
        self.process = subprocess.Popen([*self.command, "thuisbasis.config.wsgi"], cwd=ROOT, env=self.environment)
        wait_for(f"{self.address}/healthz")

    def stop(self):
        self.process.terminate()
        self.process.wait(10)

    def run(self, code):
        """Run Python in the site, and return what it printed."""
        command = [sys.executable, str(ROOT / "manage.py"), "shell", "--no-imports", "--command", code]
        return subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True).stdout

    prepare = run


@pytest.fixture(scope="session")
def site(request):
    """The site that the browser visits: one of our own or, when HOST names its folder, the real set behind nginx."""
    if "HOST" in os.environ:
        running = RealHost(Path(os.environ["HOST"]))
    else:
        running = OwnServer(request.getfixturevalue("copies"), request.getfixturevalue("worker_id"))
    running.prepare("\n".join(file.read_text() for file in PREPARATIONS))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def server(site):
    return site.address


@pytest.fixture(scope="session")
def chromium(program):
    return program(BROWSERS[0], *BROWSERS)


@pytest.fixture(scope="session")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = launch(playwright.chromium, chromium)
        yield running
        running.close()


@pytest.fixture(scope="session")
def session_of(browser, server):
    """Log somebody with an authenticator app in, once, as a code opens the door once; returns what a browser needs."""
    known = {}

    def log_in(email):
        context = browser.new_context()
        page, helper = context.new_page(), context.new_page()
        page.set_default_timeout(15_000)
        page.goto(f"{server}/account/inloggen/")
        page.fill("[name=login]", email)
        page.fill("[name=password]", "eerst-een-thuis")
        page.click("main form button[type=submit]")
        page.wait_for_url("**/tweede-stap/")
        helper.goto(f"{server}/demo/")
        page.fill("[name=code]", helper.locator("tr", has_text=email).locator("td").last.inner_text())
        page.click("main form button[type=submit]")
        page.wait_for_url("**/leden/")
        state = context.storage_state()
        context.close()
        return {"storage_state": state}

    def session(email):
        if email not in known:
            known[email] = log_in(email)
        return known[email]

    return session


@pytest.fixture
def as_coordinator(session_of):
    return session_of("coordinator@example.nl")


class Watched:
    """A page that remembers what went wrong on it."""

    def __init__(self, page, server):
        self.page, self.messages, self.foreign, self.failures = page, [], [], []
        page.on("console", lambda message: self.messages.append(message.text))
        page.on("pageerror", lambda error: self.messages.append(str(error)))
        page.on("response", lambda answer: self.failures.append(answer.url) if answer.status >= 400 else None)
        page.on("request", lambda request: self._note(request.url, server))

    def _note(self, url, server):
        if not url.startswith((server, "data:", "blob:", "about:")):
            self.foreign.append(url)


@pytest.fixture
def visit(browser, server):
    """Open a page at a width and colour scheme; everything is closed after the test."""
    contexts = []

    def open_page(path, *, width=1280, scheme="light", **options):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **options)
        contexts.append(context)
        watched = Watched(context.new_page(), server)
        watched.page.set_default_timeout(15_000)
        watched.page.goto(f"{server}{path}")
        return watched

    yield open_page
    for context in contexts:
        context.close()
