"""The database itself refuses to change the audit log, or to remove a line before its term of thirteen months."""

from django.db import migrations

TABLE = "accounts_auditentry"
REFUSAL = "the audit log is append-only"

SQLITE = [
    f"""CREATE TRIGGER audit_log_is_never_changed BEFORE UPDATE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    f"""CREATE TRIGGER audit_log_is_kept_for_its_term BEFORE DELETE ON {TABLE}
        WHEN OLD.at > datetime('now', '-395 days')
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
]
POSTGRESQL = [
    f"""CREATE FUNCTION refuse_to_touch_the_audit_log() RETURNS trigger AS $$
        BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$ LANGUAGE plpgsql""",
    f"""CREATE TRIGGER audit_log_is_never_changed BEFORE UPDATE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION refuse_to_touch_the_audit_log()""",
    f"""CREATE TRIGGER audit_log_is_kept_for_its_term BEFORE DELETE ON {TABLE}
        FOR EACH ROW WHEN (OLD.at > now() - interval '395 days')
        EXECUTE FUNCTION refuse_to_touch_the_audit_log()""",
]
NAMES = ("audit_log_is_never_changed", "audit_log_is_kept_for_its_term")


def add_triggers(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def remove_triggers(apps, schema_editor):
    on_table = "" if schema_editor.connection.vendor == "sqlite" else f" ON {TABLE}"
    for name in NAMES:
        schema_editor.execute(f"DROP TRIGGER {name}{on_table}")
    if on_table:
        schema_editor.execute("DROP FUNCTION refuse_to_touch_the_audit_log()")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_audit_log_and_language")]

    operations = [migrations.RunPython(add_triggers, remove_triggers)]
