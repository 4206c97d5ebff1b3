"""Behind a real web server: the site says who may have a recording, nginx sends the bytes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from asking import ask, wait_for
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "platform/deploy"
sys.path.append(str(DEPLOY))
from processes import fill_in  # noqa: E402 (a script of its own, outside the packages)

MP3 = (ROOT / "platform/thuisbasis/config/demo/data/recordings/aflevering-1.mp3").read_bytes()
CONFIGURATION = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; user root;
events {{ }}
http {{
    access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    proxy_cache_path {folder}/cache keys_zone=all:10m;
    map $upstream_http_cache_control $is_private {{ default 0; "~private|no-store" 1; }}
    server {{
        listen 127.0.0.1:{port};
        # Keeps whatever we do not forbid, asks nobody whether it is still right, and knows nothing of cookies:
        # the most careless cache there is.
        proxy_cache all; proxy_cache_key $request_uri; proxy_cache_valid 200 404 5m;
        proxy_ignore_headers Vary Cache-Control; proxy_no_cache $is_private; add_header X-Cache $upstream_cache_status always;
        location / {{ proxy_pass http://127.0.0.1:{behind}; proxy_set_header Host $host; }}
        {recordings}
    }}
}}
"""

pytestmark = pytest.mark.once


SESSION = """
import time
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from thuisbasis.accounts.models import User
user = User.objects.get(email="lid@example.nl")
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print("SESSION", settings.SESSION_COOKIE_NAME, session.session_key)
"""


class Front(str):
    """The address of the web server, with a way to be a member behind it."""

    def __new__(cls, address, environment):
        front = super().__new__(cls, address)
        front.environment = environment
        return front

    def cookie_of_a_member(self):
        command = [sys.executable, str(ROOT / "manage.py"), "shell", "--command", SESSION]
        done = subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True)
        _mark, name, key = next(line for line in done.stdout.splitlines() if line.startswith("SESSION")).split()
        return f"{name}={key}"


@pytest.fixture
def web_server(copies, worker_id, tmp_path, unused_ports, program):
    """Run nginx with our own piece of configuration in front of the site."""
    nginx = program("nginx-light", "nginx")
    port, behind = unused_ports
    name = f"nginx_{worker_id}"
    copies.copy(name)
    environment = {
        **os.environ,
        "DATABASE_URL": copies.url(name),
        "DJANGO_SETTINGS_MODULE": "thuisbasis.config.settings.test",
        "ACCEL_PREFIX": "/intern/",
    }
    site = [sys.executable, "-m", "gunicorn", "--pythonpath", "platform", "--bind", f"127.0.0.1:{behind}"]
    site += ["--no-control-socket", "--log-level", "error", "thuisbasis.config.wsgi"]
    file = tmp_path / "nginx.conf"
    places = {"DATA_DIR": settings.TEST_DATA_DIR, "DEPLOY": DEPLOY}
    text = fill_in((DEPLOY / "nginx-files.conf").read_text(), places)
    file.write_text(CONFIGURATION.format(folder=tmp_path, port=port, behind=behind, recordings=text))
    running = [
        subprocess.Popen(site, cwd=ROOT, env=environment),
        subprocess.Popen([nginx, "-c", str(file), "-p", str(tmp_path)], stderr=subprocess.DEVNULL),
    ]
    wait_for(f"http://127.0.0.1:{port}/healthz")
    yield Front(f"http://127.0.0.1:{port}", environment)
    for process in reversed(running):
        process.terminate()
        process.wait(10)


def test_the_web_server_sends_exactly_the_part_that_is_asked_for_and_nothing_without_us(web_server):
    feed = wait_for(f"{web_server}/feeds/podcast/thuis-gesproken.xml").decode()
    path = next(
        part.split('"')[0] for part in feed.split('url="http://127.0.0.1:8000') if "/de-eerste-nacht" in part[:120]
    )
    url = web_server + path
    status, headers, _ = ask(url, "HEAD")
    assert (status, headers["Content-Length"], headers["Content-Type"]) == (200, str(len(MP3)), "audio/mpeg")
    assert "X-Accel-Redirect" not in headers
    etag = headers["ETag"]
    for asked, first, last in [
        ("bytes=0-9", 0, 9),
        ("bytes=-7", len(MP3) - 7, len(MP3) - 1),
        ("bytes=5-", 5, len(MP3) - 1),
    ]:
        status, headers, data = ask(url, Range=asked)
        assert (status, headers["Content-Range"]) == (206, f"bytes {first}-{last}/{len(MP3)}")
        assert data == MP3[first : last + 1]
    assert ask(url, Range=f"bytes={len(MP3)}-")[0] == 416
    assert ask(url, Range="bytes=0-9", If_Range=etag)[0] == 206
    assert ask(url, Range="bytes=0-9", If_Range='"oud"')[2] == MP3
    assert ask(f"{web_server}/intern/recordings/")[0] == 404
    assert ask(url.replace(".mp3", ".m4a"))[0] == 404


MORE = ["/leden/", "/leden/vragen/", "/leden/documenten/", "/leden/mensen/", "/leden/voor-jou/", "/leden/instellingen/"]
MORE += [
    "/leden/profiel/",
    "/leden/praktijk/thuis-aan-de-ijssel/",
    "/leden/mensen/sanne-verzonnen/",
    "/leden/voorstellen/",
]
MORE += [
    "/leden/stuurgroep/",
    "/leden/meldingen/",
    "/leden/mijn-gegevens/",
    "/leden/documenten/delen/",
    "/leden/vragen/stellen/",
]
WORDS = [
    "wonen",
    "buren",
    "koffie",
    "sleutel",
    "huis",
    "gemeente",
    "zorg",
    "werk",
    "geld",
    "team",
    "avond",
    "nacht",
    "straat",
    "eten",
    "muziek",
    "hulp",
    "rust",
    "tuin",
    "feest",
]


def test_what_a_member_saw_is_never_what_a_stranger_gets_from_a_cache(web_server):
    """200 addresses, first as a member and then as anybody, through a cache that keeps all it may."""
    places = re.findall(r"<loc>http://[^/]+([^<]+)</loc>", wait_for(f"{web_server}/sitemap.xml").decode())
    addresses = [
        *MORE,
        *places,
        *(f"/zoeken/?q={word}" for word in WORDS),
        *(f"/leden/documenten/?q={word}" for word in WORDS),
    ]
    addresses += [f"/leden/vragen/?q={word}" for word in WORDS] + [f"/praktijken/?plaats={word}" for word in WORDS]
    addresses += [f"/zoeken/?q={word}&soort=document" for word in WORDS]
    addresses = list(dict.fromkeys(addresses))
    assert len(addresses) >= 200, len(addresses)
    cookie = web_server.cookie_of_a_member()
    as_member = {url: ask(web_server + url, Cookie=cookie) for url in addresses}
    assert sum("portal-menu" in body.decode() for _status, _headers, body in as_member.values()) > 150
    bled = []
    for url in addresses:
        _status, headers, body = ask(web_server + url)
        if b"portal-menu" in body or b"Checklist sleuteloverdracht" in body or headers["X-Cache"] == "HIT":
            bled.append(url)
    assert bled == []
    again = [ask(web_server + url)[1]["X-Cache"] for url in places[:20]]
    assert again.count("HIT") >= 10, "the cache keeps nothing, so that this test could not fail"
