"""What stored pages cost beside the same bytes as a file, and beside an application that does nothing.

All servers run at the same time, two workers each, and are asked in turns by eight connections that never wait. So a
machine that is busy, or slow, is so for all of them: read the ratios.
"""

import os
import shutil
import statistics
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from places import ROOT
from served import bare, running, site, wrk

NGINX, SITE, BARE = 8791, 8792, 8793
ROUNDS, SECONDS, CONNECTIONS = 5, 3, 8
PAGES = {
    "front": "/",
    "article": "/praktijkvoorbeelden/groei-00042/",
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


def web_server(folder: Path) -> list[str]:
    """Return the command of nginx with the configuration that the product comes with."""
    deploy = ROOT / "platform/deploy"
    location = (deploy / "nginx-pages-location.conf").read_text().replace("${PAGE_STORE}", f"{folder}/pages")
    file = folder / "nginx.conf"
    maps = (deploy / "nginx-pages.conf").read_text()
    file.write_text(CONFIGURATION.format(folder=folder, port=NGINX, behind=SITE, maps=maps, location=location))
    return [shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"), "-c", str(file), "-p", str(folder)]


def keep_same_bytes(folder: Path) -> None:
    """Put what is stored where nginx sends it as it would any file."""
    for path in PAGES.values():
        name = f"{path}index.html" if path.endswith("/") else path
        for end in ("", ".gz"):
            target = Path(f"{folder}/same-bytes{name}{end}")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(f"{folder}/pages/current{name}{end}", target)


def stored(name: str) -> dict[str, tuple[float, float]]:
    """Return requests a second and the 99th percentile in ms, of each page, stored and as a file, and of the floor."""
    front = f"http://localhost:{NGINX}"
    asked = {"bare": (f"http://localhost:{BARE}/", "A: b")}
    # The site itself, under the name that its visitors know.
    asked["article, by the site"] = (f"http://localhost:{SITE}{PAGES['article']}", f"Host: localhost:{NGINX}")
    for page, path in PAGES.items():
        file = f"{path}index.html" if path.endswith("/") else path
        asked |= {f"{page}, file": (f"{front}/same-bytes{file}", "A: b"), page: (f"{front}{path}", "A: b")}
    found = {what: [] for what in asked}
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as servers:
        folder = Path(temporary)
        folder.chmod(0o755)
        places = {"SITE_URL": front, "PAGE_STORE": f"{folder}/pages"}
        servers.enter_context(site(name, SITE, **places))
        servers.enter_context(bare(BARE))
        servers.enter_context(running(web_server(folder), {}, NGINX, "/healthz"))
        # A worker that starts begins the store anew: the pages are there to stay once all workers did.
        time.sleep(SECONDS)
        for path in PAGES.values():
            urllib.request.urlopen(f"{front}{path}").read()
        keep_same_bytes(folder)
        for _round in range(ROUNDS):
            for what, (address, header) in asked.items():
                found[what].append(wrk(address, SECONDS, header, connections=CONNECTIONS)[:2])
    return {what: tuple(map(statistics.median, zip(*rows, strict=True))) for what, rows in found.items()}
