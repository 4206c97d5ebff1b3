"""The database itself refuses to change a published version or a line of the log."""

from django.db import migrations

VERSION, LOG = "assessments_instrumentversion", "assessments_logentry"
FIXED = "a published version never changes"
APPEND_ONLY = "the log of an assessment is append-only"
# Everything but the status, which goes from published to retired.
COLUMNS = [
    "instrument_id", "number", "published_at", "checksum", "title", "short_title", "language", "purpose", "notice",
    "contact", "valid_from", "replaces_id", "changes", "text_owner", "basis", "is_licensed", "licence_holder",
    "licence_reference", "visible_to_audience", "unit", "min_raters", "estimated_minutes", "method", "coverage_min",
    "min_answered_items", "na_flag_above", "overall", "unknown_label", "na_label", "labels", "bands", "roles",
    "principles", "profile", "sections", "links",
]


def changed(comparison):
    columns = " OR ".join(f'OLD."{name}" {comparison} NEW."{name}"' for name in COLUMNS)
    return f"OLD.status <> 'draft' AND ({columns} OR NEW.status = 'draft')"


SQLITE = [
    f"""CREATE TRIGGER published_version_is_never_changed BEFORE UPDATE ON {VERSION}
        WHEN {changed("IS NOT")} BEGIN SELECT RAISE(ABORT, '{FIXED}'); END""",
    f"""CREATE TRIGGER published_version_is_never_removed BEFORE DELETE ON {VERSION}
        WHEN OLD.status <> 'draft' BEGIN SELECT RAISE(ABORT, '{FIXED}'); END""",
    f"""CREATE TRIGGER assessment_log_is_never_changed BEFORE UPDATE ON {LOG}
        BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END""",
    f"""CREATE TRIGGER assessment_log_is_never_removed BEFORE DELETE ON {LOG}
        BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END""",
]
POSTGRESQL = [
    f"""CREATE FUNCTION refuse_to_touch_a_published_version() RETURNS trigger AS $$
        BEGIN RAISE EXCEPTION '{FIXED}'; END $$ LANGUAGE plpgsql""",
    f"""CREATE FUNCTION refuse_to_touch_the_assessment_log() RETURNS trigger AS $$
        BEGIN RAISE EXCEPTION '{APPEND_ONLY}'; END $$ LANGUAGE plpgsql""",
    f"""CREATE TRIGGER published_version_is_never_changed BEFORE UPDATE ON {VERSION}
        FOR EACH ROW WHEN ({changed("IS DISTINCT FROM")})
        EXECUTE FUNCTION refuse_to_touch_a_published_version()""",
    f"""CREATE TRIGGER published_version_is_never_removed BEFORE DELETE ON {VERSION}
        FOR EACH ROW WHEN (OLD.status <> 'draft') EXECUTE FUNCTION refuse_to_touch_a_published_version()""",
    f"""CREATE TRIGGER assessment_log_is_never_changed BEFORE UPDATE ON {LOG}
        FOR EACH ROW EXECUTE FUNCTION refuse_to_touch_the_assessment_log()""",
    f"""CREATE TRIGGER assessment_log_is_never_removed BEFORE DELETE ON {LOG}
        FOR EACH ROW EXECUTE FUNCTION refuse_to_touch_the_assessment_log()""",
]
TRIGGERS = [
    ("published_version_is_never_changed", VERSION),
    ("published_version_is_never_removed", VERSION),
    ("assessment_log_is_never_changed", LOG),
    ("assessment_log_is_never_removed", LOG),
]


def add_triggers(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def remove_triggers(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for name, table in TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER {name}" + ("" if is_sqlite else f" ON {table}"))
    if not is_sqlite:
        schema_editor.execute("DROP FUNCTION refuse_to_touch_a_published_version()")
        schema_editor.execute("DROP FUNCTION refuse_to_touch_the_assessment_log()")


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]

    operations = [migrations.RunPython(add_triggers, remove_triggers)]
