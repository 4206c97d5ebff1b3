# Takes every migration of ours back, the newest first, and then forward again, on the database of the settings.
# Prints what became of the rows as JSON. Run in a process of its own: the demo is not what it was afterwards.
import hashlib
import json
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

OURS = {config.label for config in apps.get_app_configs() if "site-packages" not in Path(config.path).parts}
TABLES = {model._meta.db_table: model._meta.pk.column for model in apps.get_models(include_auto_created=True)}


def columns(cursor, table):
    return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def contents():
    """Return a digest of every column of every table, in the order of its key."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in TABLES or table == "django_migrations":
                continue
            names = columns(cursor, table)
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY "{TABLES[table]}"')
            rows = cursor.fetchall()
            for name, values in zip(names, zip(*rows, strict=True), strict=True) if rows else ():
                found[table, name] = (len(rows), hashlib.sha256(repr(values).encode()).hexdigest())
    return found


def changed(before, after):
    """Return which columns that both have do not hold the same any more."""
    return [".".join(place) for place in sorted(before.keys() & after.keys()) if before[place] != after[place]]


def walk():
    """Go back as far as no migration of somebody else has to go along, and forward again."""
    executor = MigrationExecutor(connection)
    plan = [step for step, _back in executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)]
    mine = [step for step in plan if step.app_label in OURS]
    first = now = contents()
    always, went, trouble = set(first), [], []
    for step in reversed(mine):
        executor = MigrationExecutor(connection)
        parents = executor.loader.graph.node_map[step.app_label, step.name].parents
        target = [next((node.key for node in parents if node.key[0] == step.app_label), (step.app_label, None))]
        back = executor.migration_plan(target)
        if any(one.app_label not in OURS for one, _back in back):
            break
        executor.migrate(target, plan=back)
        before, now = now, contents()
        always &= now.keys()
        went.append(f"{step.app_label}.{step.name}")
        trouble += [f"back over {went[-1]}: {place}" for place in changed(before, now)]
    for name in reversed(went):
        MigrationExecutor(connection).migrate([tuple(name.split(".", 1))])
        before, now = now, contents()
        always &= now.keys()
        trouble += [f"forward over {name}: {place}" for place in changed(before, now)]
    return {
        "migrations": went,
        "columns": len(always),
        "rows": sum({table: first[table, name][0] for table, name in always}.values()),
        "trouble": trouble + changed({place: first[place] for place in always}, now),
        "missing": sorted(".".join(place) for place in first.keys() - now.keys() if place[0].split("_")[0] not in OURS),
    }


print(json.dumps(walk()))
