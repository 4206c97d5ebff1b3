"""A new release with a migration, taken in use under load, and taken back again: nobody notices, nothing is lost."""

import shutil

import pytest
from production_inventory import differences, inventory
from real_host import HOST_PROGRAM, ROOT, RealHost
from visitors import Crowd

MIGRATION = """
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("network", "{last}")]
    operations = [migrations.AddField("practice", "drilled", models.BooleanField(default=False, db_default=False))]
"""
HAS_COLUMN = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT count(*) FROM information_schema.columns WHERE table_name = 'network_practice' AND column_name = 'drilled'")
    print("COLUMNS", cursor.fetchone()[0])
"""
READ = ["/praktijkvoorbeelden/de-lange-zondag/", "/zoeken/?q=wonen", "/agenda/", "/praktijken/?plaats=utrecht"]


@pytest.fixture
def next_release(tmp_path):
    """A copy of the code with one more migration in it."""
    for name in ("platform", "knowledge", "members", "events", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("manage.py", "requirements.lock"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    folder = tmp_path / "platform/thuisbasis/network/migrations"
    last = max(file.stem for file in folder.glob("0*.py"))
    (folder / "0999_drill.py").write_text(MIGRATION.format(last=last))
    return tmp_path / HOST_PROGRAM.relative_to(ROOT), last


def under_load(host, what):
    """Do something while people read, and return how many answers and which errors they got."""
    crowd = Crowd(host.address, host.trusted)
    for _visitor in range(3):
        crowd.keep_asking(READ, pause=0.05)
    what()
    crowd.end()
    return crowd.answers, crowd.errors


def test_a_release_with_a_migration_comes_and_goes_under_load_without_an_error(host, next_release):
    program, last = next_release
    before = inventory(host)
    answers, errors = under_load(host, lambda: RealHost.program(host.folder, "up", program=program))
    assert "COLUMNS 1" in host.run(HAS_COLUMN)
    assert differences(inventory(host), before) == {}

    def go_back():
        host.say("manage", "migrate", "network", last)
        host.say("up")

    more, other_errors = under_load(host, go_back)
    assert "COLUMNS 0" in host.run(HAS_COLUMN)
    assert differences(inventory(host), before) == {}
    print(f"\n{answers} and {more} answers while everything was renewed, {len(errors + other_errors)} errors")
    assert answers > 100
    assert more > 100
    assert errors + other_errors == []
