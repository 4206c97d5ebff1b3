"""Everything that we say to a search engine is what Elasticsearch 9 and OpenSearch 3 share."""

from dataclasses import replace

import pytest

from thuisbasis.network.models import Audience, Practice
from thuisbasis.network.policies import ANONYMOUS, Visitor, audience_key, audience_keys
from thuisbasis.search.engines import bodies
from thuisbasis.search.models import SearchEntry
from thuisbasis.search.registry import facets
from thuisbasis.search.services.asking import ask_for

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Words of the query language, of aggregations, sorting, settings and mappings that both engines have, after
# elastic.co "Query DSL" (9.x) and opensearch.org "Query DSL" (3.x).
SHARED = {
    "query", "bool", "must", "filter", "should", "minimum_should_match", "boost", "dis_max", "queries",
    "multi_match", "type", "best_fields", "phrase", "fields", "tie_breaker", "terms", "term", "range",
    "gt", "prefix", "aggs", "field", "size", "sort", "order", "desc", "asc",
    "missing", "_last", "_score", "from", "track_total_hits", "_source", "post_filter", "settings", "number_of_shards",
    "number_of_replicas", "gc_deletes", "mappings", "dynamic", "properties", "text", "analyzer", "whitespace", "norms",
    "integer", "keyword", "date", "long", "values",
    "function_score", "functions", "score_mode", "multiply", "field_value_factor", "weight", "float",
}  # fmt: skip
# What one of them lacks.
NOT_SHARED = {"pit", "synonym_set", "retriever", "semantic_text", "rank", "knn", "runtime_mappings", "flat_object"}
OURS = {
    "name",
    "title",
    "summary",
    "text",
    "part",
    "name_words",
    "name_length",
    "audience",
    "language",
    "published_at",
    "entry",
}


def words_of(body, inside=""):
    """Yield every word with a meaning to the engine: keys, and the values of what is no free text."""
    if isinstance(body, dict):
        for key, value in body.items():
            yield key
            yield from words_of(value, key)
    elif isinstance(body, list):
        for value in body:
            yield from words_of(value, inside)
    elif isinstance(body, str) and inside in {"type", "analyzer", "order", "missing", "_score"}:
        yield body


def everything_we_say():
    ask = ask_for("housing first zwolle", Visitor(practice_ids=frozenset({1}), working_group_ids=frozenset({2})))
    names = tuple(facets())
    chosen = {"theme": frozenset({"wonen"}), "year": frozenset({"2021"})}
    yield bodies.index_body(names)
    for changes in ({}, {"is_any": True}, {"order": "newest"}, {"selected": chosen}):
        yield bodies.find_body(replace(ask, facets=names, **changes))
    yield bodies.complete_body(["hous", "fir"], ANONYMOUS, "nl", 6)
    yield bodies.scan_body(0, 1000)


def test_no_request_has_a_word_that_only_one_of_the_two_engines_knows():
    ours = OURS | {"version", *facets(), *(f"facet_{name}" for name in facets()), "audience", "wonen", "2021"}
    said = {word for body in everything_we_say() for word in words_of(body)}
    assert said - ours - SHARED - set(audience_keys(Visitor(practice_ids=frozenset({1})))) == set()
    assert not said & NOT_SHARED
    assert {"dis_max", "multi_match", "post_filter", "prefix", "gc_deletes"} <= said


def test_a_question_is_as_long_whatever_there_is_that_is_not_for_the_visitor():
    before = len(str(bodies.find_body(ask_for("wonen", ANONYMOUS))))
    entry = SearchEntry.objects.first()
    SearchEntry.objects.bulk_create(
        SearchEntry(
            content_type=entry.content_type,
            source_pk=1_000_000 + number,
            name="Verborgen",
            kind="page",
            language="nl",
            url="/",
            audience=Audience.STEERING_GROUP,
        ).with_tokens()
        for number in range(2000)
    )
    assert len(str(bodies.find_body(ask_for("wonen", ANONYMOUS)))) == before


def test_the_word_for_whom_an_entry_is_says_the_same_as_the_rule_itself():
    practices = list(Practice.objects.all()[:2])
    visitors = [
        ANONYMOUS,
        Visitor(practice_ids=frozenset({practices[0].pk}), network_practice_ids=frozenset({practices[0].pk})),
        Visitor(is_editor=True),
        Visitor(is_steering_group=True),
    ]
    first = SearchEntry.objects.first()
    for audience in (Audience.PUBLIC, Audience.NETWORK, Audience.OWN_PRACTICE, Audience.STEERING_GROUP):
        for practice in practices:
            SearchEntry.objects.filter(pk=first.pk).update(audience=audience, practice=practice)
            entry = SearchEntry.objects.get(pk=first.pk)
            for visitor in visitors:
                by_rule = SearchEntry.objects.visible_to(visitor).filter(pk=entry.pk).exists()
                assert (audience_key(entry) in audience_keys(visitor)) == by_rule
