"""How heavy a page is for a slow phone's first visit, and when it shows: what Lighthouse calls slow 4G."""

import shutil
import statistics
import sys
from urllib.parse import urlsplit

from places import ROOT

sys.path[:0] = [str(ROOT / "tests/support")]
PAGES = {"front": "/", "article": "/praktijkvoorbeelden/de-eerste-dag-in-een-eigen-huis/"}
SLOW_PHONE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
ROUNDS = 3
# Told by the browser from its first moment on, until it is asked.
WATCH = """
window.seen = { paint: 0, shift: 0 };
new PerformanceObserver(list => { for (const e of list.getEntries()) window.seen.paint = e.startTime; })
    .observe({ type: 'largest-contentful-paint', buffered: true });
new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.seen.shift += e.value; })
    .observe({ type: 'layout-shift', buffered: true });
"""


def visit(browser, address: str) -> dict:
    """Return requests, kB in all, kB of scripts, the largest paint in seconds, layout shift, and hosts of one visit."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    kinds, sizes, hosts = {}, {}, set()
    devtools.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    devtools.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW_PHONE)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(WATCH)
    page.goto(address, wait_until="networkidle")
    seen = page.evaluate("window.seen")
    scripts = sum(size for key, size in sizes.items() if kinds.get(key) == "Script")
    context.close()
    weight = {"requests": len(sizes), "kB": sum(sizes.values()) / 1000, "scripts": scripts / 1000}
    return {**weight, "paint": seen["paint"] / 1000, "shift": seen["shift"], "hosts": sorted(hosts)}


def weights(port: int) -> dict[str, dict]:
    """Return for each page what its first visit weighs, with the median of its paints."""
    from journeys_chromium import BROWSERS, launch
    from playwright.sync_api import sync_playwright

    found = {}
    with sync_playwright() as playwright:
        chromium = next(path for name in BROWSERS if (path := shutil.which(name)))
        browser = launch(playwright.chromium, chromium)
        for name, path in PAGES.items():
            visit(browser, f"http://localhost:{port}{path}")
            visits = [visit(browser, f"http://localhost:{port}{path}") for _round in range(ROUNDS)]
            found[name] = {**visits[0], "paint": statistics.median(one["paint"] for one in visits)}
        browser.close()
    return found
