"""Starts and stops the object storage of the tests: S3Proxy, a real server that speaks S3, from its Maven artefact.

`object_server.py start` prints its address for TEST_STORAGE_URL, with a bucket that is empty, or one line that says what is
missing; `object_server.py stop` ends it. It needs Maven, and a JDK of version 21 or newer.
"""

import secrets
import shutil
import sys

from asking import free_port
from java_server import JavaServer, command_line

SERVER = JavaServer("object-storage")
BUCKET = "thuisbasis"


def start() -> int:
    # A bucket of this server is a folder.
    shutil.rmtree(SERVER.home / "data", ignore_errors=True)
    (SERVER.home / "data" / BUCKET).mkdir(parents=True)
    address, key, secret = f"127.0.0.1:{free_port()}", "thuisbasis", secrets.token_hex(16)
    settings = {
        "s3proxy.endpoint": f"http://{address}",
        # Signatures of version 4 and nothing else: whoever has none is refused.
        "s3proxy.authorization": "aws-v4",
        "s3proxy.identity": key,
        "s3proxy.credential": secret,
        "jclouds.provider": "filesystem",
        "jclouds.filesystem.basedir": str(SERVER.home / "data"),
    }
    (SERVER.home / "properties").write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    program = f"org.gaul.s3proxy.Main --properties {SERVER.home}/properties"
    missing = SERVER.start(["-Xmx256m", "-DLOG_LEVEL=warn", program], f"http://{address}")
    if missing:
        print(f"The tests of the object storage are skipped. They need {missing}.", file=sys.stderr)
        return 1
    print(f"s3+http://{key}:{secret}@{address}/{BUCKET}")
    return 0


if __name__ == "__main__":
    command_line(start, SERVER.stop)
