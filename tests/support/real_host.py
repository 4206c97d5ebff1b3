"""The set of servers that `platform/deploy/host.py` keeps running, as a test drives it."""

import base64
import hashlib
import json
import os
import ssl
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST_PROGRAM = ROOT / "platform/deploy/host.py"


class RealHost:
    """One machine of the production set, in `folder`."""

    def __init__(self, folder):
        self.folder = folder
        self.address = json.loads((folder / "host.json").read_text())["address"]

    @property
    def trusted(self):
        """A context that trusts the certificate of this host."""
        return ssl.create_default_context(cafile=str(self.folder / "tls/certificate.pem"))

    @staticmethod
    def program(folder, command, *words, program=HOST_PROGRAM):
        """Give a host.py a command about this folder, and return what it printed."""
        line = ["/usr/bin/python3", str(program), command, "--folder", str(folder), *words]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
        return done.stdout

    def say(self, command, *words):
        """Give host.py a command, and return what it printed."""
        return self.program(self.folder, command, *words)

    def supervisor(self, *words):
        """Tell the supervisor of this host something, and wait until it is done."""
        command = ["supervisorctl", "-c", str(self.folder / "supervisord.conf"), *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def try_to(self, command, *words):
        """Give host.py a command that fails, and return what it complained of."""
        line = ["/usr/bin/python3", str(HOST_PROGRAM), command, "--folder", str(self.folder), *words]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        assert done.returncode != 0, done.stdout
        return done.stdout + done.stderr

    def run(self, code):
        """Run Python in the site, and return what it printed."""
        return self.say("manage", "shell", "--no-imports", "--command", code)

    def prepare(self, code):
        """Run Python in the site, once in its life."""
        mark = self.folder / "prepared"
        if not mark.exists():
            self.run(code)
            mark.touch()

    def start(self):
        """It runs already."""

    def stop(self):
        """Others go on with it."""


def trust(folder):
    """Trust the certificate of this host in Python and in Playwright; return the option for Chromium to do the same."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    file = Path(folder) / "tls/certificate.pem"
    os.environ["SSL_CERT_FILE"] = os.environ["NODE_EXTRA_CA_CERTS"] = str(file)
    certificate = x509.load_pem_x509_certificate(file.read_bytes())
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"--ignore-certificate-errors-spki-list={base64.b64encode(hashlib.sha256(key).digest()).decode()}"
