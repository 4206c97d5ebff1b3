"""The web server sends public pages by itself, exactly as the site would, and knows of a change at once."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from asking import ask, wait_for

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.once, pytest.mark.no_cover]
SUNDAY = "/praktijkvoorbeelden/de-lange-zondag/"
PATHS = [
    "/",
    "/en/",
    SUNDAY,
    "/feeds/nieuw.xml",
    "/en/feeds/nieuw.xml",
    "/feeds/podcast/thuis-gesproken.xml",
    "/sitemap.xml",
]
# Which answer it is, and not what it is.
OWN = {"date", "server", "connection", "etag", "last-modified", "content-length", "transfer-encoding", "accept-ranges"}
CONFIGURATION = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; user root;
events {{ }}
http {{
    access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    {maps}
    server {{
        listen 127.0.0.1:{port};
        location @site {{ proxy_pass http://127.0.0.1:{behind}; proxy_set_header Host $http_host; }}
        {location}
    }}
}}
"""
PUBLISH = """
from knowledge.models import PracticeArticlePage
page = PracticeArticlePage.objects.get(slug="de-lange-zondag")
page.title = "Veranderd"
page.save_revision().publish()
"""


class Set:
    """nginx with the site behind it, which can be stopped."""

    def __init__(self, address, behind, site, environment):
        self.address, self.behind, self.site, self.environment = address, behind, site, environment

    def run(self, code):
        command = [sys.executable, str(ROOT / "manage.py"), "shell", "--command", code]
        subprocess.run(command, env=self.environment, check=True, capture_output=True)

    def stop_the_site(self):
        self.site.terminate()
        self.site.wait(10)


@pytest.fixture
def running(copies, worker_id, tmp_path, unused_ports, program):
    nginx = program("nginx-light", "nginx")
    port, behind = unused_ports
    name = f"stored_{worker_id}"
    copies.copy(name)
    address, store = f"http://127.0.0.1:{port}", tmp_path / "pages"
    environment = {
        **os.environ,
        "DATABASE_URL": copies.url(name),
        "DJANGO_SETTINGS_MODULE": "thuisbasis.config.settings.test",
        "SITE_URL": address,
        "PAGE_STORE": str(store),
    }
    deploy = ROOT / "platform/deploy"
    location = (deploy / "nginx-pages-location.conf").read_text().replace("${PAGE_STORE}", str(store))
    maps = (deploy / "nginx-pages.conf").read_text()
    file = tmp_path / "nginx.conf"
    file.write_text(CONFIGURATION.format(folder=tmp_path, port=port, behind=behind, maps=maps, location=location))
    command = [sys.executable, "-m", "gunicorn", "--pythonpath", "platform", "--bind", f"127.0.0.1:{behind}"]
    command += ["--no-control-socket", "--log-level", "error", "thuisbasis.config.wsgi"]
    site = subprocess.Popen(command, cwd=ROOT, env=environment)
    front = subprocess.Popen([nginx, "-c", str(file), "-p", str(tmp_path)], stderr=subprocess.DEVNULL)
    wait_for(f"{address}/healthz")
    yield Set(address, f"http://127.0.0.1:{behind}", site, environment)
    for process in (front, site):
        process.terminate()
        process.wait(10)


def told(headers):
    """Return what headers say, whatever their order; the parts of Vary one by one."""
    found = {}
    for name, value in headers.items():
        if name.lower() not in OWN:
            found.setdefault(name.lower(), set()).update(part.strip() for part in re.split("[,;]", value))
    return found


def test_stored_pages_are_sent_without_the_site_with_the_same_headers_and_words(running):
    made = {path: ask(running.address + path) for path in PATHS}
    assert {status for status, _headers, _body in made.values()} == {200}
    running.stop_the_site()
    for path, (_status, headers, body) in made.items():
        status, kept, same = ask(running.address + path)
        assert (status, same) == (200, body), path
        assert told(kept) == told(headers), path
        assert ask(running.address + path, If_None_Match=kept["ETag"])[0] == 304
        assert ask(running.address + path, Accept_Encoding="gzip")[1]["Content-Encoding"] == "gzip"
        assert len(ask(running.address + path, "HEAD")[2]) == 0
    assert ask(f"{running.address}{SUNDAY}?utm_source=nieuwsbrief&utm_medium=mail&fbclid=x")[0] == 200
    for other in (
        f"{SUNDAY}?a=b",
        f"{SUNDAY}?utm_source=nieuwsbrief&a=b",
        "/zoeken/",
        "/current/index.html",
        "/index.html.head",
        "/index.html.gz",
        "/index.html",
    ):
        assert ask(running.address + other)[0] == 502, other
    for cookie in ("sessionid=x", "a=b; __Host-session=x"):
        assert ask(running.address + SUNDAY, Cookie=cookie)[0] == 502
    assert ask(running.address + SUNDAY, Cookie="csrftoken=x")[0] == 200
    assert ask(running.address + SUNDAY, Authorization="Basic eDp5")[0] == 502


def test_what_is_published_is_read_by_the_next_visitor_and_an_unchanged_page_keeps_its_tag(running):
    assert b"Veranderd" not in ask(running.address + SUNDAY)[2]
    ask(running.address + "/voorzorg/")
    tag = ask(running.address + "/voorzorg/")[1]["ETag"]
    running.run(PUBLISH)
    assert b"Veranderd" in ask(running.address + SUNDAY)[2]
    ask(running.address + "/voorzorg/")
    assert ask(running.address + "/voorzorg/", If_None_Match=tag)[0] == 304
