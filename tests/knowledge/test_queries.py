"""Queries per page: the same number with a few articles and with a thousand."""

import uuid

import pytest
from wagtail.models import Page

from knowledge.models import PracticeArticlePage

pytestmark = pytest.mark.django_db


def copies_of(page, number):
    """Add `number` published copies of a page beside it, row by row: the tree's own way is slow."""
    from django.db import connection
    from django.db.models import Max

    first = Page.objects.aggregate(highest=Max("pk"))["highest"] + 1
    parent = page.get_parent()
    step = int(parent.get_last_child().path[-4:], 36) + 1

    def insert(table, key, changes):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} WHERE {key} = %s", [page.pk])
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            copies = [{**row, **changes(count, row)} for count in range(number) for row in rows]
            marks = ", ".join(["%s"] * len(names))
            columns = ", ".join(f'"{name}"' for name in names)
            values = [[copy[name] for name in names] for copy in copies]
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)

    def as_page(count, row):
        slug = f"kopie-{count}"
        return {
            "id": first + count,
            "slug": slug,
            "path": parent.path + Page._int2str(step + count).rjust(4, "0"),
            "url_path": f"{parent.url_path}{slug}/",
            "translation_key": uuid.uuid4().hex if connection.vendor == "sqlite" else uuid.uuid4(),
            "latest_revision_id": None,
            "live_revision_id": None,
        }

    tags = iter(range(1_000_000, 9_000_000))
    insert("wagtailcore_page", "id", as_page)
    insert("knowledge_knowledgepage", "page_ptr_id", lambda count, row: {"page_ptr_id": first + count})
    insert(
        "knowledge_practicearticlepage",
        "knowledgepage_ptr_id",
        lambda count, row: {"knowledgepage_ptr_id": first + count},
    )
    for table in ("knowledge_knowledgepage_themes", "knowledge_knowledgepage_elements"):
        insert(table, "knowledgepage_id", lambda count, row: {"id": next(tags), "knowledgepage_id": first + count})
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + number)


MOST_QUERIES = {
    "/": 20,
    "/praktijkvoorbeelden/": 17,
    "/praktijkvoorbeelden/de-lange-zondag/": 23,
    "/themas/": 13,
    "/themas/eenzaamheid/": 17,
    "/voorzorg/": 19,
    "/voorzorg/meedoen/": 23,
    "/voorzorg/dekking/": 20,
    "/publicaties/": 17,
    "/publicaties/housing-first-op-een-bladzijde/": 22,
    "/projecten/housing-first-nederland/": 24,
    "/praktijken/": 13,
    "/beweging-in-kwetsbaarheid/": 22,
    "/over-thuisbasis/": 17,
    "/zoeken/?q=zondag": 6,
}


def queries_of(client, url):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_queries_per_page_do_not_grow_with_the_content(client):
    page = PracticeArticlePage.objects.get(slug="de-lange-zondag")
    Page.objects.filter(pk__in=page.get_siblings(inclusive=False).values("pk")[12:]).delete()
    before = {url: queries_of(client, url) for url in MOST_QUERIES}
    copies_of(page, 990)
    after = {url: queries_of(client, url) for url in MOST_QUERIES}
    assert after == before
    assert {url: count for url, count in before.items() if count > MOST_QUERIES[url]} == {}
