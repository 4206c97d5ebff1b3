"""The engine for many documents and many readers: Elasticsearch 9 or OpenSearch 3."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError
from elasticsearch.exceptions import UnsupportedProductError
from elasticsearch.helpers import bulk

from thuisbasis.network.policies import Visitor
from thuisbasis.search.engines import bodies
from thuisbasis.search.engines.asking import MOST_COUNTED, Ask, EngineFailed, Found
from thuisbasis.search.engines.client import PATIENCE_WHEN_BUILDING, connect
from thuisbasis.search.models import SearchEntry

# What a server that is away, hanging, overloaded or not what it says it is makes of us.
FAILURES = (
    TransportError,
    ApiError,
    UnsupportedProductError,
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    IndexError,
)


@contextmanager
def _one_failure() -> Iterator[None]:
    try:
        yield
    except FAILURES as error:
        raise EngineFailed(f"{type(error).__name__}: {error}"[:300]) from error


class ElasticEngine:
    """Speaks to one server; readers ask the alias, so that the index behind it can be exchanged."""

    def __init__(self, kind: str, url: str, alias: str) -> None:
        self.name, self.url, self.alias = kind, url, alias

    @cached_property
    def _readers(self) -> Elasticsearch:
        return connect(self.name, self.url)

    @cached_property
    def _builders(self) -> Elasticsearch:
        return connect(self.name, self.url, patience=PATIENCE_WHEN_BUILDING)

    def find(self, ask: Ask) -> Found:
        """Answer the question with one request; raises EngineFailed."""
        with _one_failure():
            answer = self._readers.search(index=self.alias, body=bodies.find_body(ask)).body
            total = int(answer["hits"]["total"]["value"])
            return Found(
                keys=_keys(answer),
                total=min(total, MOST_COUNTED),
                is_more=total > MOST_COUNTED,
                counts={facet: _count(answer, facet) for facet in ask.facets},
            )

    def complete(self, beginnings: list[str], *, visitor: Visitor, language: str, size: int) -> list[int]:
        """Return entries by the beginnings of words in their names; raises EngineFailed."""
        with _one_failure():
            body = bodies.complete_body(beginnings, visitor, language, size)
            return _keys(self._readers.search(index=self.alias, body=body).body)

    def create(self, index: str, facets: tuple[str, ...]) -> None:
        """Make an empty index; raises EngineFailed."""
        with _one_failure():
            self._builders.indices.create(index=index, body=bodies.index_body(facets))

    def put(self, indexes: Iterable[str], entries: list[SearchEntry], *, is_urgent: bool) -> None:
        """Write entries as they are now into each index, never over something newer; raises EngineFailed."""
        for index in indexes:
            actions = (
                {
                    "_op_type": "index",
                    "_index": index,
                    "_source": bodies.document(entry),
                    **_version(entry.pk, entry.version),
                }
                for entry in entries
            )
            self._bulk(actions, is_urgent=is_urgent)

    def remove(self, indexes: Iterable[str], versions: dict[int, int], *, is_urgent: bool) -> None:
        """Remove entries, by key and the version of their removal; raises EngineFailed."""
        for index in indexes:
            actions = ({"_op_type": "delete", "_index": index, **_version(*gone)} for gone in versions.items())
            self._bulk(actions, is_urgent=is_urgent)

    def _bulk(self, actions: Iterable[dict[str, Any]], *, is_urgent: bool) -> None:
        client = self._readers if is_urgent else self._builders
        with _one_failure():
            errors: Any = bulk(client, actions, raise_on_error=False, refresh=is_urgent)[1]
            # 409: the index has something newer. 404: what was to be removed is not there.
            wrong = [error for error in errors if next(iter(error.values()))["status"] not in {404, 409}]
            if wrong:
                raise ValueError(str(wrong[0]))

    def go_live(self, index: str) -> None:
        """Let the alias point at this index alone, at once for every reader; raises EngineFailed."""
        with _one_failure():
            self._builders.indices.refresh(index=index)
            actions: list[dict[str, Any]] = [
                {"remove": {"index": old, "alias": self.alias}} for old in self._behind_alias() if old != index
            ]
            self._builders.indices.update_aliases(
                body={"actions": [*actions, {"add": {"index": index, "alias": self.alias}}]}
            )

    def drop(self, index: str) -> None:
        """Remove an index, if it is there; raises EngineFailed."""
        with _one_failure():
            self._builders.indices.delete(index=index, ignore_unavailable=True)

    def indexes(self) -> set[str]:
        """Return the names of all our indexes there, also of those that nobody uses any more; raises EngineFailed."""
        with _one_failure():
            return set(self._builders.indices.get(index=f"{self.alias}-*").body)

    def is_live(self, index: str) -> bool:
        """Say whether the alias points at this index; raises EngineFailed."""
        with _one_failure():
            return index in self._behind_alias()

    def versions(self, size: int = 1000) -> Iterator[dict[int, int]]:
        """Yield the version of every entry in the engine, by key, in pieces; raises EngineFailed."""
        after = 0
        while True:
            with _one_failure():
                hits = self._builders.search(index=self.alias, body=bodies.scan_body(after, size)).body["hits"]["hits"]
                piece = {int(hit["_id"]): int(hit["_source"]["version"]) for hit in hits}
            if not piece:
                return
            yield piece
            after = max(piece)

    def count(self) -> int:
        """Return how many entries the engine has; raises EngineFailed."""
        with _one_failure():
            self._builders.indices.refresh(index=self.alias)
            return int(self._builders.count(index=self.alias).body["count"])

    def _behind_alias(self) -> list[str]:
        try:
            return list(self._builders.indices.get_alias(name=self.alias).body)
        except NotFoundError:
            return []


def _version(key: int, version: int) -> dict[str, Any]:
    return {"_id": str(key), "version": version, "version_type": "external_gte"}


def _keys(answer: Any) -> list[int]:
    return [int(hit["_id"]) for hit in answer["hits"]["hits"]]


def _count(answer: Any, facet: str) -> dict[str, int]:
    buckets = answer["aggregations"][facet]["values"]["buckets"]
    return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}
