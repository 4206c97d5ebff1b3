"""Everything that stands in a running site, to compare before and after a drill."""

import json

# What stands in the site: rows of every table, and the checksum of every file.
INVENTORY = """
import hashlib, json
from django.core.files.storage import storages
from thuisbasis.config.backups.making import KEPT, row_counts
from thuisbasis.base.storages import names_in
def checksum(storage, name):
    with storage.open(name, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()
files = {f"{alias}/{name}": checksum(storages[alias], name) for alias in KEPT for name in names_in(storages[alias])}
moving = ("django_tasks_database", "jobs_", "cache", "search_engine", "search_knownword", "search_change", "django_session", "accounts_auditentry", "django_migrations", "wagtailsearch")
print(json.dumps({"files": files, "rows": {name: count for name, count in row_counts().items() if not name.startswith(moving)}}))
"""


def inventory(host):
    return json.loads(host.run(INVENTORY).splitlines()[-1])


def differences(found, expected):
    """Return what is not the same, by its name, with both values."""
    same = {(kind, name, value) for kind in expected for name, value in expected[kind].items()}
    other = {(kind, name, value) for kind in found for name, value in found[kind].items()}
    return {
        name: (found[kind].get(name), expected[kind].get(name)) for kind, name, _value in sorted(same ^ other, key=str)
    }
