"""Everything that is said to a search engine, in what Elasticsearch 9 and OpenSearch 3 share.

The texts come as tokens, so that the engine only has to split on spaces: stems, parts of words,
synonyms and stop words are the same as in the database.
"""

import hashlib
import json
from typing import Any

from thuisbasis.network.policies import Visitor, audience_key, audience_keys
from thuisbasis.search.engines.asking import (
    MOST_COUNTED,
    NAMESAKE_BONUS,
    OWN_LANGUAGE_BONUS,
    WEIGHTS,
    Ask,
    Clause,
    Option,
    Variant,
)
from thuisbasis.search.models import SearchEntry

Body = dict[str, Any]
FIELDS = [f"{field}^{weight:g}" for field, weight in WEIGHTS.items()]
MOST_VALUES = 200
# A removed entry is remembered for so long, so that a rebuild that read it before cannot bring it back.
REMEMBER_REMOVED = "10m"


def index_body(facets: tuple[str, ...]) -> Body:
    """Return settings and mapping of an index."""
    text = {"type": "text", "analyzer": "whitespace"}
    properties: Body = dict.fromkeys(WEIGHTS, text)
    properties |= {
        "name_words": {**text, "norms": False},
        "name_length": {"type": "integer"},
        "name": {"type": "keyword"},
        "weight": {"type": "float"},
        "audience": {"type": "keyword"},
        "language": {"type": "keyword"},
        "published_at": {"type": "date"},
        "entry": {"type": "long"},
        "version": {"type": "long"},
        **{f"facet_{facet}": {"type": "keyword"} for facet in facets},
    }
    return {
        "settings": {"number_of_shards": 1, "number_of_replicas": 0, "gc_deletes": REMEMBER_REMOVED},
        "mappings": {"dynamic": False, "properties": properties},
    }


def rules_of(facets: tuple[str, ...]) -> str:
    """Return a name for these rules: another name asks for another index."""
    return hashlib.sha256(json.dumps(index_body(facets), sort_keys=True).encode()).hexdigest()[:12]


def document(entry: SearchEntry) -> Body:
    """Return what the engine keeps of an entry; `facets` should be fetched along."""
    facets: dict[str, list[str]] = {}
    for row in entry.facets.all():
        facets.setdefault(f"facet_{row.facet}", []).append(row.value)
    return {
        "title": entry.title_tokens,
        "summary": entry.summary_tokens,
        "text": entry.text_tokens,
        "part": entry.part_tokens,
        "name": entry.title_tokens,
        "weight": entry.weight,
        "name_words": entry.name_words,
        "name_length": len(entry.name),
        "audience": audience_key(entry),
        "language": entry.language,
        "published_at": entry.published_at.isoformat() if entry.published_at else None,
        "entry": entry.pk,
        "version": entry.version,
        **facets,
    }


def find_body(ask: Ask) -> Body:
    """Return the question, its counts and its page in one request."""
    chosen = {facet: _one_of(facet, values) for facet, values in ask.selected.items() if values}
    best: list[Body] = [{"_score": "desc"}] if ask.order == "best" else []
    return {
        "query": {"bool": {"must": [_text(ask)], "filter": [_visible(ask.visitor)]}},
        "post_filter": {"bool": {"filter": list(chosen.values())}},
        "aggs": {facet: _count(facet, chosen) for facet in ask.facets},
        "sort": [*best, {"published_at": {"order": "desc", "missing": "_last"}}, {"entry": "asc"}],
        "from": ask.start,
        "size": ask.size,
        "track_total_hits": MOST_COUNTED + 1,
        "_source": False,
    }


def complete_body(beginnings: list[str], visitor: Visitor, language: str, size: int) -> Body:
    """Return the question for names in which each beginning starts a word."""
    return {
        "query": {
            "bool": {
                "filter": [_visible(visitor), *({"prefix": {"name_words": one}} for one in beginnings)],
                "should": [{"term": {"language": language}}],
            }
        },
        "sort": [{"_score": "desc"}, {"weight": "desc"}, {"name_length": "asc"}, {"entry": "asc"}],
        "size": size,
        "track_total_hits": False,
        "_source": False,
    }


def scan_body(after: int, size: int) -> Body:
    """Return the question for the versions of entries beyond a key, to compare with the database."""
    return {
        "query": {"range": {"entry": {"gt": after}}},
        "sort": [{"entry": "asc"}],
        "size": size,
        "track_total_hits": False,
        "_source": ["version"],
    }


def _visible(visitor: Visitor) -> Body:
    return {"terms": {"audience": sorted(audience_keys(visitor))}}


def _one_of(facet: str, values: frozenset[str]) -> Body:
    return {"terms": {f"facet_{facet}": sorted(values)}}


def _count(facet: str, chosen: dict[str, Body]) -> Body:
    others = [condition for name, condition in chosen.items() if name != facet]
    values = {"terms": {"field": f"facet_{facet}", "size": MOST_VALUES}}
    return {"filter": {"bool": {"filter": others}}, "aggs": {"values": values}}


def _text(ask: Ask) -> Body:
    words = {"dis_max": {"queries": [_variant(variant, ask) for variant in ask.variants]}}
    namesakes = {"filter": {"terms": {"name": ask.names}}, "weight": NAMESAKE_BONUS}
    weights = {"field_value_factor": {"field": "weight", "missing": 1}}
    return {"function_score": {"query": words, "functions": [namesakes, weights], "score_mode": "multiply"}}


def _variant(variant: Variant, ask: Ask) -> Body:
    clauses = [_clause(clause) for clause in variant.clauses]
    boost = OWN_LANGUAGE_BONUS if variant.language == ask.language else 1.0
    if ask.is_any:
        return {"bool": {"should": clauses, "minimum_should_match": 1, "boost": boost}}
    return {"bool": {"must": clauses, "boost": boost}}


def _clause(clause: Clause) -> Body:
    return {"dis_max": {"queries": [_option(option) for option in clause]}}


def _option(option: Option) -> Body:
    kind = "phrase" if len(option) > 1 else "best_fields"
    return {"multi_match": {"query": " ".join(option), "type": kind, "fields": FIELDS, "tie_breaker": 0.3}}
