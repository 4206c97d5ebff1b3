"""What stored pages cost beside the same bytes as a file, and beside an application that does nothing: `make bench`.

All servers run at the same time, two workers each, and are asked in turns by eight connections that never wait. So a
machine that is busy, or slow, is so for all of them: read the ratios. Needs nginx and wrk (apt-get install nginx wrk).
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pages import ROOT, prepare

NGINX, SITE, BARE, PLAIN = 8791, 8792, 8793, 8794
ROUNDS, SECONDS, CONNECTIONS = 5, 3, 8
PAGES = {
    "front": "/",
    "article": "/praktijkvoorbeelden/de-eerste-dag-in-een-eigen-huis/",
    "listing": "/praktijkvoorbeelden/",
    "feed": "/feeds/nieuw.xml",
}
CONFIGURATION = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 2; user root;
events {{ worker_connections 1024; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    {maps}
    server {{
        listen 127.0.0.1:{port};
        location /same-bytes/ {{ root {folder}; gzip_static on; types {{ text/html html; application/xml xml; }} }}
        location @site {{ proxy_pass http://127.0.0.1:{behind}; proxy_set_header Host $http_host; }}
        {location}
    }}
}}
"""


@contextmanager
def running(command, environment, address):
    """Run a server for as long as the block lasts, from its first answer on."""
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stderr=subprocess.DEVNULL)
    for _attempt in range(240):
        try:
            urllib.request.urlopen(address, timeout=2).read()
            break
        except OSError:
            time.sleep(0.25)
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


def gunicorn(application, port, *paths):
    """Return the command that serves an application as production does."""
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    command += ["--pythonpath", ",".join(paths), "--workers", "2", "--worker-class", "gthread", "--threads", "4"]
    return [*command, "--log-level", "error", "--keep-alive", "5", application]


def web_server(folder):
    """Return the command of nginx with the configuration that the product comes with."""
    deploy = ROOT / "platform/deploy"
    location = (deploy / "nginx-pages-location.conf").read_text().replace("PAGE_STORE", f"{folder}/pages")
    file = folder / "nginx.conf"
    maps = (deploy / "nginx-pages.conf").read_text()
    text = CONFIGURATION.format(folder=folder, port=NGINX, behind=SITE, maps=maps, location=location)
    file.write_text(text)
    return [shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"), "-c", str(file), "-p", str(folder)]


def per_second(address):
    """Return requests a second, and the slowest of a hundred in milliseconds."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-H", "Accept-Encoding: gzip", address]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "Non-2xx" not in text, text
    amount, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), float(amount) * {"us": 0.001, "ms": 1, "s": 1000}[
        unit
    ]


def keep_same_bytes(folder, store):
    """Put what is stored where nginx sends it as it would any file."""
    for path in PAGES.values():
        name = f"{path}index.html" if path.endswith("/") else path
        for end in ("", ".gz"):
            target = Path(f"{folder}/same-bytes{name}{end}")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(f"{store}/current{name}{end}", target)


def measure(folder):
    """Return for each thing that was asked the median of its rounds."""
    front, site = f"http://localhost:{NGINX}", f"http://localhost:{SITE}"
    keep_same_bytes(folder, folder / "pages")
    asked = {"bare application": f"http://localhost:{BARE}/", "Django, no database": f"http://localhost:{PLAIN}/"}
    for name, path in PAGES.items():
        file = f"{path}index.html" if path.endswith("/") else path
        asked |= {f"{name}: as a file": f"{front}/same-bytes{file}", f"{name}: nginx, stored": f"{front}{path}"}
    found = {name: [] for name in [*asked, "article: site, stored"]}
    for _round in range(ROUNDS):
        for name, address in asked.items():
            found[name].append(per_second(address))
        found["article: site, stored"].append(per_second_of_the_site(site))
    return {
        name: tuple(statistics.median(column) for column in zip(*rows, strict=True)) for name, rows in found.items()
    }


def per_second_of_the_site(site):
    """Ask the site itself, under the name that its visitors know."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-H", "Accept-Encoding: gzip"]
    command += ["-H", f"Host: localhost:{NGINX}", f"{site}{PAGES['article']}"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    amount, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), float(amount) * {"us": 0.001, "ms": 1, "s": 1000}[
        unit
    ]


def main():
    """Start everything, measure and print."""
    if not shutil.which("wrk"):
        sys.exit("Stored pages are measured with wrk: apt-get install wrk")
    prepare()
    with tempfile.TemporaryDirectory() as name, ExitStack() as servers:
        folder = Path(name)
        folder.chmod(0o755)
        support, own = str(ROOT / "tests/support"), str(ROOT / "platform")
        environment = {"SITE_URL": f"http://localhost:{NGINX}", "ALLOWED_HOSTS": "*", "PAGE_STORE": f"{folder}/pages"}
        for command, values, port in [
            (gunicorn("thuisbasis.config.wsgi", SITE, own, str(ROOT)), environment, SITE),
            (gunicorn("yardsticks:bare", BARE, support), {}, BARE),
            (gunicorn("yardsticks:plain", PLAIN, support), {"YARDSTICK": "django"}, PLAIN),
            (web_server(folder), {}, NGINX),
        ]:
            place = "/healthz" if port in {SITE, NGINX} else "/"
            servers.enter_context(running(command, values, f"http://127.0.0.1:{port}{place}"))
        for path in PAGES.values():
            urllib.request.urlopen(f"http://localhost:{NGINX}{path}").read()
        found = measure(folder)
    print(f"{'':26}{'req/s':>9}{'p99 ms':>8}  ratio")
    floor = found["bare application"][0]
    for name, (rate, slowest) in found.items():
        page = name.split(":")[0]
        beside = (
            f"{rate / found[f'{page}: as a file'][0]:.2f} of a file"
            if "nginx, stored" in name
            else f"{rate / floor:.2f} of bare"
        )
        print(f"{name:26}{rate:9.0f}{slowest:8.2f}  {beside}")


if __name__ == "__main__":
    main()
