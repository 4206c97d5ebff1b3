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
    """One machine of the production set, in `folder`; this process trusts its certificate from now on."""

    def __init__(self, folder):
        self.folder = folder
        self.address = json.loads((folder / "host.json").read_text())["address"]
        os.environ["SSL_CERT_FILE"] = str(folder / "tls/certificate.pem")

    def say(self, command, *words):
        """Give host.py a command, and return what it printed."""
        program = ["/usr/bin/python3", str(HOST_PROGRAM), command, "--folder", str(self.folder), *words]
        done = subprocess.run(program, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
        return done.stdout

    def run(self, code):
        """Run Python in the site, and return what it printed."""
        return self.say("manage", "shell", "--no-imports", "--command", code)

    def start(self):
        """It runs already."""

    def stop(self):
        """Others go on with it."""


def certificate_of(folder):
    """Return the option with which Chromium trusts the certificate of our own, as if an authority had signed it."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    certificate = x509.load_pem_x509_certificate((Path(folder) / "tls/certificate.pem").read_bytes())
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"--ignore-certificate-errors-spki-list={base64.b64encode(hashlib.sha256(key).digest()).decode()}"


def trusting(folder):
    """Return a context that trusts the certificate of this host."""
    return ssl.create_default_context(cafile=str(folder / "tls/certificate.pem"))
