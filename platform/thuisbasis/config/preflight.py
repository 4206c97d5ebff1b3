"""Says in one sentence why the demo cannot start here; run by any Python 3 before anything is installed.

Only the standard library, and only syntax that old versions of Python 3 can read.
"""

import argparse
import shutil
import socket
import sys
from pathlib import Path

NEEDED_PYTHON = (3, 11)
NEEDED_BYTES = 1_000_000_000


def problem(port, folder):
    """Return what is wrong, as one sentence for a newcomer, or an empty text."""
    if sys.version_info < NEEDED_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:2])
        return "Thuisbasis needs Python 3.11 or newer, and this is {}: try `make demo PYTHON=python3.12`.".format(found)
    if not 1024 <= port <= 65535:
        return "Port {} cannot be used: choose one between 1024 and 65535, such as `make demo PORT=8001`.".format(port)
    if port_is_taken(port):
        return "Port {} is in use by another program: try `make demo PORT={}`.".format(port, port + 1)
    if shutil.disk_usage(str(folder)).free < NEEDED_BYTES:
        return "There is less than 1 GB of free disk space in {}: make room and try again.".format(folder)
    return ""


def port_is_taken(port):
    """Say whether something listens on this port of this machine already."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def main():
    """Print the problem, if any, and return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", default="8000")
    parser.add_argument("--folder", default=".")
    arguments = parser.parse_args()
    if not arguments.port.isdigit():
        print("PORT must be a number, such as `make demo PORT=8001`.", file=sys.stderr)
        return 1
    message = problem(int(arguments.port), Path(arguments.folder).resolve())
    if message:
        print(message, file=sys.stderr)
    return 1 if message else 0


if __name__ == "__main__":
    sys.exit(main())
