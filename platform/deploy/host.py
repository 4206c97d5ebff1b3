#!/usr/bin/env python3
"""The whole site on one Debian machine, from Debian's packages: `sudo platform/deploy/host.py up --address https://…`.

`up` installs, makes and starts whatever is not there yet, and is also how a new release is taken in use: it can be
repeated at any time, and visitors do not notice. `down` stops everything, `pause` the site alone until `resume`,
`status` says what runs, `manage` runs `manage.py`, `backup` makes a backup now and `restore` puts one back. Needs
nothing but Debian's own Python; everything of the site stands in one folder.
"""

import argparse
import sys
from pathlib import Path
from urllib.parse import urlsplit

import making
from place import Host
from processes import wait_until_ready

DEFAULTS = {"http_port": 80, "cache_port": 6390, "webs": 2, "workers": 2, "rehearsal": False}


def up(host: Host) -> None:
    """Install, make and start everything, in this order; whatever is there already is left as it is."""
    steps = [
        ("Packages of Debian", making.install_packages),
        ("Folders and keys", making.make_own_things),
        ("This release", making.install_release),
        ("Database, cache and scanner", start_what_is_asked),
        ("Tables, first pages, static files", making.fill_database),
        ("Site, workers and nginx", start_the_site),
    ]
    for number, (name, step) in enumerate(steps, 1):
        print(f"{number}/{len(steps)} {name}", flush=True)
        step(host)
    print(f"\n  {host.choices['address']} is ready.")
    if not host.choices["rehearsal"]:
        print(f"  The first administrator: {Path(sys.argv[0])} manage --folder {host.folder} createsuperuser")


def start_what_is_asked(host: Host) -> None:
    """Start the servers that the site itself asks things."""
    making.make_database(host)
    making.write_configuration(host)
    host.supervisor.begin()
    host.supervisor.start("database", "cache", "scanner", "signatures")


def start_the_site(host: Host) -> None:
    """Start the site, or put the new release in its place, one process after the other."""
    address = urlsplit(str(host.choices["address"]))
    for number in range(int(host.choices["webs"])):
        host.supervisor.renew(f"web:web-{number}")
        wait_until_ready(host.folder / f"run/web-{number}.sock", address.netloc)
    for number in range(int(host.choices["workers"])):
        host.supervisor.renew(f"worker:worker-{number}")
    host.supervisor.start("nginx")
    host.supervisor.say("signal", "HUP", "nginx")


def pause(host: Host) -> None:
    """Stop the site and its workers; nginx says that we will be back."""
    names = [f"web:web-{n}" for n in range(int(host.choices["webs"]))]
    names += [f"worker:worker-{n}" for n in range(int(host.choices["workers"]))]
    host.supervisor.say("stop", *names)


def restore(host: Host, backup: str) -> None:
    """Put a backup back in place of what is there, while visitors read that we will be back."""
    pause(host)
    host.manage("restore", Path(backup).resolve(), "--over-what-is-there")
    start_the_site(host)


def arguments() -> argparse.ArgumentParser:
    """Return what may be said on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("up", "down", "status", "manage", "backup", "restore", "pause", "resume"):
        command = commands.add_parser(name)
        command.add_argument("--folder", type=Path, default=Path("/srv/thuisbasis"))
        if name == "manage":
            command.add_argument("arguments", nargs=argparse.REMAINDER)
        if name == "restore":
            command.add_argument("backup", help="the folder of one backup")
        if name == "up":
            command.add_argument(
                "--address", help="where visitors find the site, for instance https://kennis.example.nl"
            )
            command.add_argument("--http-port", type=int, default=None, help="sends on to https (80)")
            command.add_argument(
                "--cache-port", type=int, default=None, help="of the cache, on this machine only (6390)"
            )
            command.add_argument(
                "--from-backup", default=None, help="begin with this backup, on a machine with nothing"
            )
            command.add_argument("--webs", type=int, default=None, help="processes of the site (2)")
            command.add_argument("--workers", type=int, default=None, help="processes for mail and other work (2)")
            command.add_argument("--python", default=None, help="a Python that has the locked packages already")
            command.add_argument(
                "--rehearsal", action="store_true", default=None, help="with the demo, and its codes in sight"
            )
    return parser


def main() -> None:
    """Do what is asked."""
    given = vars(arguments().parse_args())
    command, host = given.pop("command"), Host(given.pop("folder").resolve())
    if command == "up":
        host.choose({**DEFAULTS, **host.choices, **{key: value for key, value in given.items() if value is not None}})
        up(host)
    elif command == "manage":
        host.manage(*given["arguments"])
    elif command == "backup":
        host.manage("backup")
    elif command == "restore":
        restore(host, given["backup"])
    elif command == "pause":
        pause(host)
    elif command == "resume":
        start_the_site(host)
    elif command == "down":
        host.supervisor.end()
    else:
        print(host.supervisor.say("status"))


if __name__ == "__main__":
    main()
