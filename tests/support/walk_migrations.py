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


def those_of_ours_alone(graph):
    """Return our migrations that can go back without one of somebody else, the newest first."""
    plan = [node for leaf in graph.leaf_nodes() for node in graph.forwards_plan(leaf)]
    found = []
    for node in reversed(list(dict.fromkeys(plan))):
        if node[0] in OURS:
            if any(app not in OURS for app, _name in graph.backwards_plan(node)):
                break
            found.append(node)
    return found


def before_all(graph, nodes):
    """Return where to go back to: for each app the migration before the first of these, or none."""
    first = dict(nodes)  # a later line of the same app is an earlier migration
    parents = {node: graph.node_map[node].parents for node in first.items()}
    return [
        next((parent.key for parent in parents[node] if parent.key[0] == node[0]), (node[0], None)) for node in parents
    ]


def walk():
    """Go back as far as no migration of somebody else has to go along, and forward again."""
    executor = MigrationExecutor(connection)
    went = those_of_ours_alone(executor.loader.graph)
    first = contents()
    executor.migrate(before_all(executor.loader.graph, went))
    bottom = contents()
    MigrationExecutor(connection).migrate(executor.loader.graph.leaf_nodes())
    last = contents()
    always = first.keys() & bottom.keys() & last.keys()
    stay = {place: first[place] for place in always}
    return {
        "migrations": [".".join(node) for node in went],
        "columns": len(always),
        "rows": sum({table: first[table, name][0] for table, name in always}.values()),
        "trouble": [f"back: {place}" for place in changed(stay, bottom)]
        + [f"forward: {place}" for place in changed(stay, last)],
        "missing": sorted(
            ".".join(place) for place in first.keys() - last.keys() if place[0].split("_")[0] not in OURS
        ),
    }


print(json.dumps(walk()))
