"""SQLite's FTS5, over the table that its triggers keep."""

from typing import Any

from django.db import connection

from thuisbasis.search.engines.asking import NAMESAKE_BONUS, OWN_LANGUAGE_BONUS, WEIGHTS, Ask, Clause
from thuisbasis.search.querysets import SearchEntryQuerySet

# bm25 is lower for what is better (SQLite documentation, FTS5, 5.1.1); the last column is for beginnings only.
RANK = "bm25(search_words, %s, %s, %s, %s, 0)"
# FTS5 measures the length of all columns together, so that a name in front of a long text weighs too little.
RANK_WEIGHTS = [WEIGHTS["title"] * 3, WEIGHTS["summary"] * 2, WEIGHTS["text"], WEIGHTS["part"]]
FOUND_BY = "{title_tokens summary_tokens text_tokens part_tokens}"


def ranked(entries: SearchEntryQuerySet, ask: Ask, most: int) -> list[int]:
    """Return the keys of what meets the question, best first."""
    names = ", ".join(["%s"] * len(ask.names))
    bonuses = f"CASE WHEN e.language = %s THEN %s ELSE 1 END * CASE WHEN e.title_tokens IN ({names}) THEN %s ELSE 1 END"
    order = f"{RANK} * e.weight * {bonuses}, e.published_at DESC, e.id"
    params: list[Any] = [*RANK_WEIGHTS, ask.language, OWN_LANGUAGE_BONUS, *ask.names, NAMESAKE_BONUS]
    if ask.order == "newest":
        order, params = "e.published_at DESC NULLS LAST, e.id", []
    return _keys(entries, f"{FOUND_BY} : ({text_query(ask)})", order, params, most)


def completed(entries: SearchEntryQuerySet, beginnings: list[str], language: str, most: int) -> list[int]:
    """Return the keys of entries with these beginnings of words in their names, short names first."""
    query = " AND ".join(f'"{beginning}" *' for beginning in beginnings)
    order = "e.language <> %s, e.weight DESC, length(e.name), e.id"
    return _keys(entries, f"name_words : ({query})", order, [language], most)


def text_query(ask: Ask) -> str:
    """Return the question in FTS5's words; tokens are letters and digits only, so quoting them is enough."""
    glue = " OR " if ask.is_any else " AND "
    variants = [glue.join(_clause(clause) for clause in variant.clauses) for variant in ask.variants]
    return " OR ".join(f"({variant})" for variant in variants)


def _clause(clause: Clause) -> str:
    return "(" + " OR ".join('"' + " ".join(option) + '"' for option in clause) + ")"


def _keys(entries: SearchEntryQuerySet, query: str, order: str, order_params: list[Any], most: int) -> list[int]:
    visible, params = entries.order_by().values("id").query.sql_with_params()
    sql = f"""
        SELECT e.id FROM search_words JOIN search_searchentry e ON e.id = search_words.rowid
        WHERE search_words MATCH %s AND e.id IN ({visible}) ORDER BY {order} LIMIT %s
    """  # noqa: S608 (constants and a compiled queryset)
    with connection.cursor() as cursor:
        cursor.execute(sql, [query, *params, *order_params, most])
        return [row[0] for row in cursor.fetchall()]
