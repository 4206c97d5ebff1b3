"""PostgreSQL's text search, over the generated columns of the search table."""

from typing import Any

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from thuisbasis.search.engines.asking import NAMESAKE_BONUS, OWN_LANGUAGE_BONUS, WEIGHTS, Ask, Clause
from thuisbasis.search.querysets import SearchEntryQuerySet

TABLE = "search_searchentry"
# Weights of D, C, B and A, and a rank that a long text does not win by its length (PostgreSQL documentation, 12.3.3).
RANK = "ts_rank(ARRAY[%s, %s, %s, %s]::float4[], e.words, %s::tsquery, 1)"
RANK_WEIGHTS = [WEIGHTS[field] / WEIGHTS["title"] for field in ("part", "text", "summary", "title")]


def ranked(entries: SearchEntryQuerySet, ask: Ask, most: int) -> list[int]:
    """Return the keys of what meets the question, best first.

    What has it in the name is looked at first, so that a word that is everywhere costs no more than `most` rows.
    """
    query = text_query(ask)
    titled, titled_params = _matching(entries, "title_index", query, most)
    others, others_params = _matching(entries, "words", query, most)
    order = "score DESC, e.published_at DESC NULLS LAST, e.id"
    if ask.order == "newest":
        order = "e.published_at DESC NULLS LAST, e.id"
    sql = f"""
        WITH found AS MATERIALIZED (({titled}) UNION ({others}))
        SELECT e.id, {RANK} * e.weight * CASE WHEN e.language = %s THEN %s ELSE 1 END
            * CASE WHEN e.title_tokens = ANY(%s) THEN %s ELSE 1 END AS score
        FROM {TABLE} e JOIN found ON found.id = e.id ORDER BY {order} LIMIT %s
    """  # noqa: S608 (constants and compiled querysets)
    bonuses = [ask.language, OWN_LANGUAGE_BONUS, ask.names, NAMESAKE_BONUS]
    return _keys(sql, [*titled_params, *others_params, *RANK_WEIGHTS, query, *bonuses, most])


def completed(entries: SearchEntryQuerySet, beginnings: list[str], language: str, most: int) -> list[int]:
    """Return the keys of entries with these beginnings of words in their names, short names first."""
    query = " & ".join(f"'{beginning}':*" for beginning in beginnings)
    found, params = _matching(entries, "name_index", query, most * 20)
    sql = f"""
        WITH found AS MATERIALIZED ({found})
        SELECT e.id FROM {TABLE} e JOIN found ON found.id = e.id
        ORDER BY (e.language = %s) DESC, e.weight DESC, length(e.name), e.id LIMIT %s
    """  # noqa: S608 (constants and compiled querysets)
    return _keys(sql, [*params, language, most])


def text_query(ask: Ask) -> str:
    """Return the question in PostgreSQL's words; tokens are letters and digits only, so quoting them is enough."""
    glue = " | " if ask.is_any else " & "
    variants = [glue.join(_clause(clause) for clause in variant.clauses) for variant in ask.variants]
    return " | ".join(f"({variant})" for variant in variants)


def _clause(clause: Clause) -> str:
    return "(" + " | ".join("(" + " <-> ".join(f"'{token}'" for token in option) + ")" for option in clause) + ")"


def _matching(entries: SearchEntryQuerySet, column: str, query: str, most: int) -> tuple[str, list[Any]]:
    matches = RawSQL(f'"{TABLE}"."{column}" @@ %s::tsquery', (query,), BooleanField())  # noqa: S611 (a constant)
    sql, params = entries.filter(matches).order_by().values("id")[:most].query.sql_with_params()
    return sql, list(params)


def _keys(sql: str, params: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]
