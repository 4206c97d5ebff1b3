"""Behind a real web server: the site says who may have a recording, nginx sends the bytes."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
MP3 = (ROOT / "platform/thuisbasis/config/demo/data/recordings/aflevering-1.mp3").read_bytes()
CONFIGURATION = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; user root;
events {{ }}
http {{
    access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    server {{
        listen 127.0.0.1:{port};
        location / {{ proxy_pass http://127.0.0.1:{behind}; proxy_set_header Host $host; }}
        {recordings}
    }}
}}
"""

pytestmark = pytest.mark.once


def wait_for(address):
    for _attempt in range(120):
        try:
            return urllib.request.urlopen(address, timeout=2).read()
        except OSError:
            time.sleep(0.25)
    raise AssertionError(f"{address} never answered")


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
    recordings = (ROOT / "platform/deploy/nginx-files.conf").read_text()
    file = tmp_path / "nginx.conf"
    text = recordings.replace("DATA_DIR", str(settings.TEST_DATA_DIR))
    file.write_text(CONFIGURATION.format(folder=tmp_path, port=port, behind=behind, recordings=text))
    running = [
        subprocess.Popen(site, cwd=ROOT, env=environment),
        subprocess.Popen([nginx, "-c", str(file), "-p", str(tmp_path)], stderr=subprocess.DEVNULL),
    ]
    wait_for(f"http://127.0.0.1:{port}/healthz")
    yield f"http://127.0.0.1:{port}"
    for process in reversed(running):
        process.terminate()
        process.wait(10)


def ask(address, method="GET", **headers):
    request = urllib.request.Request(address, method=method)
    for name, value in headers.items():
        request.add_header(name.replace("_", "-"), value)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, b""


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
