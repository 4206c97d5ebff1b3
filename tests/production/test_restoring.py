"""The backup of one machine is put back on another that has nothing, twice, and proves to be whole."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest
from asking import ask, free_port
from production_inventory import differences, inventory
from real_host import RealHost

MOST_MINUTES = 15
ERASE = """
from django.utils import timezone
from thuisbasis.accounts.models import User
from thuisbasis.accounts.privacy import erase_person
erase_person(user=User.objects.get(email="merel@example.nl"), now=timezone.now())
"""
LEFT = """
from thuisbasis.accounts.models import User
print("LEFT", User.objects.filter(email="merel@example.nl").count())
"""


@pytest.fixture
def new_host(host):
    """Start a second machine from a backup, with nothing on it but the packages."""
    folder = host.folder.with_name(f"{host.folder.name}-other")
    shutil.rmtree(folder, ignore_errors=True)

    def start(backup):
        port, plain, cache = free_port(), free_port(), free_port()
        python = next(host.folder.glob("packages-*/bin/python"))
        command = ["--address", f"https://localhost:{port}", "--http-port", str(plain), "--cache-port", str(cache)]
        command += ["--python", str(python), "--webs", "1", "--workers", "1", "--from-backup", str(backup)]
        RealHost.program(folder, "up", *command)
        return RealHost(folder)

    yield start
    RealHost.program(folder, "down")
    shutil.rmtree(folder)


def test_a_backup_is_put_back_twice_on_another_machine_and_all_of_it_is_there(host, new_host):
    host.say("pause")
    backup = Path(host.say("backup").splitlines()[-1])
    expected = inventory(host)
    host.say("resume")
    assert expected["rows"]["wagtailcore_page"] > 50
    assert len(expected["files"]) > 20
    began = time.monotonic()
    other = new_host(backup)
    minutes = (time.monotonic() - began) / 60
    print(f"\na new machine from a backup: {minutes:.1f} minutes")
    assert minutes < MOST_MINUTES
    assert differences(inventory(other), expected) == {}
    status, _headers, page = ask(f"{other.address}/zoeken/?q=burenoverlast", context=other.trusted)
    assert (status, b"/praktijkvoorbeelden/" in page) == (200, True)
    other.run(ERASE)
    other.say("restore", str(backup))
    again = inventory(other)["files"]
    remembered = {name for name in again if name.startswith("erased/")} - set(expected["files"])
    assert {name: digest for name, digest in again.items() if name not in remembered} == expected["files"]
    assert len(remembered) == 1, "who was erased is known outside the database, and goes on being so"
    assert "LEFT 0" in other.run(LEFT), "somebody who was erased came back with the backup"
    damage(backup)
    assert "Not what they were: files/" in other.try_to("restore", str(backup))


def damage(backup):
    """Change one byte of one file, as a disk may."""
    file = next(path for path in sorted((backup / "files").rglob("*")) if path.is_file())
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    subprocess.run(["chmod", "u+w", str(file)], check=True)
    file.write_bytes(data)
