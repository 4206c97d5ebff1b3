"""Lets each database keep its own full-text index of the tokens, whoever writes the rows.

The tokens hold letters and digits only, in small letters, so that PostgreSQL's `simple` and SQLite's
`unicode61` take them as they are.
"""

from django.db import migrations

COLUMNS = "title_tokens, summary_tokens, text_tokens, part_tokens, name_words"
NEW = "new.id, new.title_tokens, new.summary_tokens, new.text_tokens, new.part_tokens, new.name_words"
OLD = NEW.replace("new.", "old.")

POSTGRESQL = [
    """
    ALTER TABLE search_searchentry ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, title_tokens), 'A')
        || setweight(to_tsvector('simple'::regconfig, summary_tokens), 'B')
        || setweight(to_tsvector('simple'::regconfig, text_tokens), 'C')
        || setweight(to_tsvector('simple'::regconfig, part_tokens), 'D')
    ) STORED,
    ADD COLUMN title_index tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, title_tokens)) STORED,
    ADD COLUMN name_index tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, name_words)) STORED
    """,
    "CREATE INDEX search_entry_words ON search_searchentry USING gin (words)",
    "CREATE INDEX search_entry_title ON search_searchentry USING gin (title_index)",
    "CREATE INDEX search_entry_name ON search_searchentry USING gin (name_index)",
]
SQLITE = [
    f"""
    CREATE VIRTUAL TABLE search_words USING fts5(
        {COLUMNS}, content='search_searchentry', content_rowid='id', tokenize='unicode61', prefix='2 3'
    )
    """,
    f"""
    CREATE TRIGGER search_words_insert AFTER INSERT ON search_searchentry BEGIN
        INSERT INTO search_words (rowid, {COLUMNS}) VALUES ({NEW});
    END
    """,
    f"""
    CREATE TRIGGER search_words_delete AFTER DELETE ON search_searchentry BEGIN
        INSERT INTO search_words (search_words, rowid, {COLUMNS}) VALUES ('delete', {OLD});
    END
    """,
    f"""
    CREATE TRIGGER search_words_update AFTER UPDATE ON search_searchentry BEGIN
        INSERT INTO search_words (search_words, rowid, {COLUMNS}) VALUES ('delete', {OLD});
        INSERT INTO search_words (rowid, {COLUMNS}) VALUES ({NEW});
    END
    """,
    "INSERT INTO search_words (search_words) VALUES ('rebuild')",
]
POSTGRESQL_BACK = [
    "ALTER TABLE search_searchentry DROP COLUMN words, DROP COLUMN title_index, DROP COLUMN name_index"
]
SQLITE_BACK = [
    "DROP TRIGGER search_words_insert",
    "DROP TRIGGER search_words_update",
    "DROP TRIGGER search_words_delete",
    "DROP TABLE search_words",
]


def begin(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def end(apps, schema_editor):
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_engines_words_and_facets")]
    operations = [migrations.RunPython(begin, end)]
