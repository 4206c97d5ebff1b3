"""Where the bench keeps its two networks, a small and a large one, and how a program is started on one of them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var/bench"
SERVER = re.sub(r"/[^/]*$", "", os.environ.get("POSTGRES_URL", ""))
# Steps of a hundred articles: the small network has a hundred, the large one ten thousand.
SCALES = {"small": 1, "large": int(os.environ.get("SCALE") or 10)}


def environment(name: str) -> dict[str, str]:
    """Return the environment of the network of this name; on PostgreSQL when POSTGRES_URL says where."""
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"{SERVER}/bench_{name}" if SERVER else f"sqlite:///{folder}/db.sqlite3",
        "DJANGO_SETTINGS_MODULE": "thuisbasis.config.settings.dev",
        "PAGE_STORE": str(folder / "pages"),
        "ALLOWED_HOSTS": "*",
    }


def prepare() -> None:
    """Make both networks, or what they lack; the first time the large one takes a minute for every five steps."""
    for name, scale in SCALES.items():
        if SERVER:
            make_database(f"bench_{name}")
        print(f"The {name} network: {scale * 100:,} articles, {scale * 1000:,} documents, {scale * 50:,} members")
        command = [sys.executable, str(ROOT / "manage.py"), "demo", "--prepare-only", "--scale", str(scale)]
        made = subprocess.Popen(command, env=environment(name), stdout=subprocess.PIPE, text=True)
        for line in made.stdout:
            print(f"\r  {line.strip():60}", end="", flush=True)
        print()
        if made.wait():
            sys.exit(f"The {name} network could not be made.")


def make_database(name: str) -> None:
    """Make a database on the server unless it is there."""
    import psycopg

    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f"CREATE DATABASE {name}")


def ask(name: str, program: str, *arguments: str) -> dict:
    """Run a program of this folder on a network, and return what it says on its last line, as JSON."""
    command = [sys.executable, str(ROOT / "tests/bench" / program), *arguments]
    done = subprocess.run(command, env=environment(name), check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    return json.loads(done.stdout.splitlines()[-1])
