"""Speaks to Elasticsearch 9 or OpenSearch 3 through the official Elasticsearch client."""

from typing import Any

from elastic_transport import HttpHeaders, Urllib3HttpNode
from elasticsearch import Elasticsearch

# Seconds for an answer to a reader; with connecting and the database after it, two seconds at most.
PATIENCE = 0.8
PATIENCE_WHEN_BUILDING = 60


class OpenSearchNode(Urllib3HttpNode):
    """Lets the client of Elasticsearch speak to OpenSearch, which knows neither its media types nor its header."""

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: Any = None,
    ) -> Any:
        """Ask for plain JSON, and answer in the name that the client wants to hear."""
        plain = HttpHeaders(headers or {})
        for name in ("accept", "content-type"):
            if name in plain:
                is_lines = "x-ndjson" in plain[name]
                plain[name] = "application/x-ndjson" if is_lines else "application/json"
        answer = super().perform_request(method, target, body=body, headers=plain, request_timeout=request_timeout)
        answer.meta.headers._internal["x-elastic-product"] = ("x-elastic-product", "Elasticsearch")
        return answer


def connect(kind: str, url: str, *, patience: float = PATIENCE) -> Elasticsearch:
    """Return a client for "opensearch" or "elasticsearch" that waits this many seconds and never tries twice."""
    options: dict[str, Any] = {"node_class": OpenSearchNode} if kind == "opensearch" else {}
    return Elasticsearch(url, request_timeout=patience, max_retries=0, retry_on_timeout=False, **options)
