"""Starts and stops the search engine of the tests: a real OpenSearch, from its Maven artefact.

`search_server.py start` prints its address for SEARCH_URL, or one line that says what is missing;
`search_server.py stop` ends it. It needs Maven, and a JDK of version 21 or newer.
"""

import shutil
import socket
import sys

from java_server import JavaServer, command_line

SERVER = JavaServer("search-engine")
NEWEST_FIRST_PORT = 9298


def base_port() -> int:
    """Return a base port whose next one is free: the engine listens there, and wants it below 9300."""
    for port in range(9210, NEWEST_FIRST_PORT):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port + 1)):
                return port
    raise OSError("no port between 9210 and 9298 is free")


def start() -> int:
    shutil.rmtree(SERVER.home / "data", ignore_errors=True)
    port = base_port()
    address = f"http://127.0.0.1:{port + 1}"
    program = f"org.codelibs.opensearch.runner.OpenSearchRunner -basePath {SERVER.home}/data"
    missing = SERVER.start(
        ["-Xmx512m", "--add-modules=jdk.incubator.vector", f"{program} -numOfNode 1 -baseHttpPort {port}"], address
    )
    if missing:
        print(f"The tests of the search engine are skipped. They need {missing}.", file=sys.stderr)
        return 1
    print(f"opensearch+{address}/tests")
    return 0


if __name__ == "__main__":
    command_line(start, SERVER.stop)
