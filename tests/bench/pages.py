"""What the fourteen most visited pages cost: `make bench`.

Three questions about each page, answered on a copy of the demo of its own, in one run:

* how much work is it: queries, and the CPU time of one request beside that of the plainest answer the site gives;
* how heavy is it: requests, kilobytes over the line and kilobytes of scripts, for a phone that comes for the first time;
* how long until one sees something: the first paint in Chromium, on a phone four times slower than this machine, over
  a line of 1.6 Mbit/s with 150 ms to the server (what Lighthouse calls slow 4G).

Times differ from machine to machine; ratios, queries and bytes do not.
"""

import os
import statistics
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform"), str(ROOT / "tests/journeys")]
os.environ["DATA_DIR"] = str(ROOT / "var/bench")
os.environ["DJANGO_SETTINGS_MODULE"] = "thuisbasis.config.settings.dev"
PORT = 8799
ADDRESS = f"http://localhost:{PORT}"
PLAINEST = "/robots.txt"
ROUNDS = 30
SLOW_PHONE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
MEMBER = "lid@example.nl"
PAGES = (
    ("home page", "", "/"),
    ("practice examples", "", "/praktijkvoorbeelden/"),
    ("practice example", "", "/praktijkvoorbeelden/de-eerste-dag-in-een-eigen-huis/"),
    ("search", "", "/zoeken/?q=buren"),
    ("talk show", "", "/kijk-en-luister/talkshow/talkshow-maart-zorg-die-past/"),
    ("episode", "", "/kijk-en-luister/thuis-gesproken/kennismaken-met-de-buren/"),
    ("campaign", "", "/beweging-in-kwetsbaarheid/"),
    ("directory", "", "/praktijken/"),
    ("practice", "", "/praktijken/thuis-aan-de-ijssel/"),
    ("agenda", "", "/agenda/"),
    ("event", "", "/agenda/netwerkdag-housing-first/"),
    ("dashboard", MEMBER, "/leden/"),
    ("questions", MEMBER, "/leden/vragen/"),
    ("documents", MEMBER, "/leden/documenten/"),
)


def prepare() -> None:
    """Fill a database of our own, once."""
    if not (ROOT / "var/bench/db.sqlite3").exists():
        print("Loading the demo (once, about two minutes) …")
    command = [sys.executable, str(ROOT / "manage.py"), "demo", "--prepare-only"]
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def served():
    """Serve the demo with gunicorn for as long as the block lasts."""
    command = [sys.executable, "-m", "gunicorn", "--pythonpath", "platform", "--bind", f"127.0.0.1:{PORT}"]
    command += ["--worker-class", "gthread", "--threads", "4", "--no-control-socket", "--log-level", "error"]
    process = subprocess.Popen(
        [*command, "thuisbasis.config.wsgi"], cwd=ROOT, env={**os.environ, "SITE_URL": ADDRESS, "ALLOWED_HOSTS": "*"}
    )
    for _attempt in range(120):
        try:
            urllib.request.urlopen(f"{ADDRESS}/healthz", timeout=2).read()
            break
        except OSError:
            time.sleep(0.25)
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


def clients():
    """Return a client for a stranger and one for a member, and the member's session for a browser."""
    from django.conf import settings
    from django.test import Client

    from thuisbasis.accounts.models import User

    settings.ALLOWED_HOSTS = ["*"]
    stranger, member = Client(), Client()
    member.force_login(User.objects.get(email=MEMBER))
    return {"": stranger, MEMBER: member}


def cpu_of(client, address: str) -> float:
    """Return the median CPU time of a request in milliseconds, warm."""
    spent = []
    for _round in range(ROUNDS + 3):
        before = time.process_time()
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        spent.append((time.process_time() - before) * 1000)
        assert answer.status_code == 200, (address, answer.status_code)
        assert body
    return statistics.median(spent[3:])


def queries_of(client, address: str) -> int:
    """Return how often a request asks the database, warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def weight_of(browser, cookies: list[dict], address: str) -> tuple[int, float, float, float]:
    """Return requests, kB in all, kB of scripts, and the first paint in seconds, for a slow phone's first visit."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    context.add_cookies(cookies)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    kinds, sizes = {}, {}
    devtools.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    devtools.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW_PHONE)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(f"{ADDRESS}{address}", wait_until="networkidle")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    scripts = sum(size for key, size in sizes.items() if kinds.get(key) == "Script")
    found = (len(sizes), sum(sizes.values()) / 1000, scripts / 1000, paint / 1000)
    context.close()
    return found


def rows():
    """Yield the table's lines: name, queries, CPU in ms, ratio, requests, kB, kB of scripts, first paint in s."""
    from journeys_chromium import launch
    from playwright.sync_api import sync_playwright

    known = clients()
    plainest = cpu_of(known[""], PLAINEST)
    work = {name: (cpu_of(known[who], address), queries_of(known[who], address)) for name, who, address in PAGES}
    with served(), sync_playwright() as playwright:
        chromium = next(path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists())
        browser = launch(playwright.chromium, chromium)
        for name, who, address in PAGES:
            cookies = [
                {"name": key, "value": morsel.value, "url": ADDRESS} for key, morsel in known[who].cookies.items()
            ]
            weight_of(browser, cookies, address)
            paints = [weight_of(browser, cookies, address) for _round in range(3)]
            cpu, queries = work[name]
            yield name, queries, cpu, cpu / plainest, *paints[0][:3], statistics.median(row[3] for row in paints)
        browser.close()


def main() -> None:
    """Prepare, measure and print."""
    import django

    prepare()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    django.setup()
    print(f"{'page':20}{'queries':>8}{'CPU ms':>8}{'× plain':>9}{'requests':>10}{'kB':>8}{'kB js':>7}{'paint s':>9}")
    for name, queries, cpu, ratio, requests, size, scripts, paint in rows():
        print(f"{name:20}{queries:8}{cpu:8.1f}{ratio:9.1f}{requests:10}{size:8.1f}{scripts:7.1f}{paint:9.2f}")


if __name__ == "__main__":
    main()
