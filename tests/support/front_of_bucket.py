"""nginx with our own configuration for files, in front of answers that a test took from the site, with a bucket behind it."""

import http.server
import subprocess
import sys
import threading
from pathlib import Path

from asking import ask

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "platform/deploy"
sys.path.append(str(DEPLOY))
from processes import fill_in  # noqa: E402 (a script of its own, outside the packages)

CONFIGURATION = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; user root;
events {{ }}
http {{
    access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    {ranges}
    map $scheme $stored_transport {{ default ""; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{ proxy_pass http://127.0.0.1:{behind}; }}
        {files}
    }}
}}
"""


class Said:
    """Says again, to nginx, what the site said to the test."""

    def __init__(self, port):
        self.headers = {}
        said = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                for name, value in said.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_HEAD = do_GET  # noqa: N815 (the name that http.server looks for)

            def log_message(self, *_arguments):
                """Say nothing in the output of the tests."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Front:
    """The web server: what a visitor gets for an answer of the site."""

    def __init__(self, nginx, folder, ports, bucket):
        port, behind = ports
        self.address = f"http://127.0.0.1:{port}/"
        self.said = Said(behind)
        # With the name of a host, as a real bucket has, there would be a resolver.
        values = {"DEPLOY": DEPLOY, "BUCKET": bucket}
        files = fill_in((DEPLOY / "nginx-bucket.conf").read_text(), values)
        files += fill_in((DEPLOY / "nginx-sorry.conf").read_text(), values)
        whole = (DEPLOY / "nginx.conf").read_text()
        start = whole.index("map $http_if_range")
        ranges = whole[start : whole.index("}", start) + 1]
        (folder / "nginx.conf").write_text(
            CONFIGURATION.format(folder=folder, port=port, behind=behind, ranges=ranges, files=files)
        )
        self.process = subprocess.Popen([nginx, "-c", str(folder / "nginx.conf"), "-p", str(folder)])

    def send(self, answer, method="GET", **headers):
        """Return status, headers and body that a visitor gets when the site answers like this."""
        self.said.headers = dict(answer.headers)
        return ask(self.address, method, **headers)

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.said.server.shutdown()
