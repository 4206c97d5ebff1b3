"""The plain way: the same things in modelsearch as it comes, with its own query. Our yardstick."""

from django.apps import apps
from django.conf import settings
from modelsearch import index
from modelsearch.abstract_models import TextIDGenericRelation
from modelsearch.backends.database import SearchBackend as DatabaseBackend
from modelsearch.backends.elasticsearch9 import SearchBackend as ElasticBackend
from modelsearch.queryset import SearchableQuerySetMixin
from wagtail.search.models import IndexEntry

from thuisbasis.search.engines.client import OpenSearchNode
from thuisbasis.search.models import SearchEntry
from thuisbasis.search.querysets import SearchEntryQuerySet


class PlainQuerySet(SearchableQuerySetMixin, SearchEntryQuerySet):
    pass


class PlainEntry(index.Indexed, SearchEntry):
    """The search table with names, summaries and texts as they are."""

    objects = PlainQuerySet.as_manager()
    search_fields = [
        index.SearchField("name", boost=2),
        index.SearchField("summary"),
        index.SearchField("text"),
        index.FilterField("audience"),
    ]

    class Meta:
        app_label = "search"
        proxy = True


TextIDGenericRelation(IndexEntry).contribute_to_class(PlainEntry, "index_entries")
# Only for these tests: no migration, and nothing else that goes by all models, knows it.
del apps.all_models["search"]["plainentry"]
apps.clear_cache()


def plain_database():
    backend = DatabaseBackend({})
    backend.get_index_for_model(PlainEntry).add_items(PlainEntry, list(PlainEntry.objects.all()))
    return backend


def plain_elastic(prefix):
    wanted = settings.SEARCH_ENGINE_OF_THE_TESTS
    options = {"node_class": OpenSearchNode} if wanted["kind"] == "opensearch" else {}
    backend = ElasticBackend({"URLS": [wanted["url"]], "INDEX_PREFIX": prefix, "OPTIONS": options})
    found = backend.get_index_for_model(PlainEntry)
    found.put()
    found.add_model(PlainEntry)
    found.add_items(PlainEntry, list(PlainEntry.objects.all()))
    found.refresh()
    return backend


def names(backend, text):
    return [entry.name for entry in backend.search(text, PlainEntry.objects.filter(audience="public"))[:10]]
