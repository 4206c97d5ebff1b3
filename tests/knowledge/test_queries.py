"""Queries per page: the same number with a few articles and with a thousand."""

import itertools
import uuid

import pytest
from wagtail.models import Page

from knowledge.models import Chapter, EpisodePage, PracticeArticlePage, TalkShowPage
from thuisbasis.network.models import Practice

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
KEYS = itertools.count(1_000_000)


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

    def new_uuid():
        return uuid.uuid4().hex if connection.vendor == "sqlite" else uuid.uuid4()

    def as_page(count, row):
        slug = f"kopie-{count}"
        return {
            "id": first + count,
            "slug": slug,
            "path": parent.path + Page._int2str(step + count).rjust(4, "0"),
            "url_path": f"{parent.url_path}{slug}/",
            "translation_key": new_uuid(),
            "latest_revision_id": None,
            "live_revision_id": None,
        }

    def own_row(count, row):
        unique = {"guid": f"kopie-{count}", "calendar_uid": new_uuid()}
        return {"knowledgepage_ptr_id": first + count, **{name: unique[name] for name in unique if name in row}}

    insert("wagtailcore_page", "id", as_page)
    insert("knowledge_knowledgepage", "page_ptr_id", lambda count, row: {"page_ptr_id": first + count})
    insert(page._meta.db_table, "knowledgepage_ptr_id", own_row)
    for table in ("knowledgepage_themes", "knowledgepage_elements"):
        insert(
            f"knowledge_{table}",
            "knowledgepage_id",
            lambda count, row: {"id": next(KEYS), "knowledgepage_id": first + count},
        )
    for table in ("chapter", "transcript", "appearance"):
        insert(f"knowledge_{table}", "page_id", lambda count, row: {"id": next(KEYS), "page_id": first + count})
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + number)


MOST_QUERIES = {
    "/": 19,
    "/praktijkvoorbeelden/": 17,
    "/praktijkvoorbeelden/de-lange-zondag/": 24,
    "/themas/": 13,
    "/themas/eenzaamheid/": 17,
    "/voorzorg/": 20,
    "/voorzorg/meedoen/": 24,
    "/voorzorg/dekking/": 21,
    "/publicaties/": 17,
    "/publicaties/housing-first-op-een-bladzijde/": 23,
    "/projecten/housing-first-nederland/": 25,
    "/praktijken/": 21,
    "/praktijken/thuis-in-twente/": 17,
    "/praktijken/aanbieder/stichting-de-lantaarn/": 18,
    "/beweging-in-kwetsbaarheid/": 30,
    "/kijk-en-luister/": 21,
    "/kijk-en-luister/thuis-gesproken/": 23,
    "/kijk-en-luister/thuis-gesproken/weten-hoe-het-is/": 31,
    "/kijk-en-luister/talkshow/": 20,
    "/kijk-en-luister/talkshow/talkshow-april-leren-van-ervaring/": 30,
    "/feeds/podcast/thuis-gesproken.xml": 13,
    "/feeds/campagne/beweging-in-kwetsbaarheid.xml": 4,
    "/over-thuisbasis/": 18,
    "/zoeken/?q=zondag": 12,
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


@pytest.mark.on_server
def test_queries_per_page_do_not_grow_with_the_content(client):
    page = PracticeArticlePage.objects.get(slug="de-lange-zondag")
    Page.objects.filter(pk__in=page.get_siblings(inclusive=False).values("pk")[12:]).delete()
    before = {url: queries_of(client, url) for url in MOST_QUERIES}
    copies_of(page, 990)
    after = {url: queries_of(client, url) for url in MOST_QUERIES}
    assert after == before
    assert {url: count for url, count in before.items() if count > MOST_QUERIES[url]} == {}


GROWING = [
    "/feeds/podcast/thuis-gesproken.xml",
    "/feeds/podcast/thuis-gesproken.xml?pagina=2",
    "/feeds/campagne/beweging-in-kwetsbaarheid.xml",
    "/kijk-en-luister/",
    "/kijk-en-luister/thuis-gesproken/",
    "/kijk-en-luister/thuis-gesproken/weten-hoe-het-is/",
    "/kijk-en-luister/talkshow/",
    "/kijk-en-luister/talkshow/talkshow-april-leren-van-ervaring/",
    "/beweging-in-kwetsbaarheid/",
    "/praktijken/",
    "/praktijken/?doelgroep=volwassenen&plaats=e",
    "/praktijken/thuis-in-twente/",
    "/praktijken/aanbieder/stichting-de-lantaarn/",
]


@pytest.mark.on_server
def test_queries_stay_the_same_from_ten_to_two_thousand_episodes_shows_and_practices(client, monkeypatch):
    monkeypatch.setattr("knowledge.feeds.podcast.PAGE_SIZE", 10)
    episode, show = EpisodePage.objects.get(slug="weten-hoe-het-is"), TalkShowPage.objects.get(slug__contains="april")
    practice = Practice.objects.get(slug="thuis-in-twente")
    Chapter.objects.filter(page=episode).update(image=episode.podcast.cover)
    copies_of(episode, 12)
    before = {url: queries_of(client, url) for url in GROWING}
    EpisodePage.objects.filter(slug__startswith="kopie").delete()
    copies_of(episode, 2_000)
    copies_of(show, 500)
    Practice.objects.bulk_create(
        Practice(
            name=f"Kopie {number}",
            slug=f"kopie-{number}",
            care_provider=practice.care_provider,
            municipality="Enschede",
            latitude=practice.latitude,
            longitude=practice.longitude,
        )
        for number in range(2_000)
    )
    assert {url: queries_of(client, url) for url in GROWING} == before
    monkeypatch.setattr("knowledge.feeds.podcast.PAGE_SIZE", 100)
    assert queries_of(client, GROWING[0]) == before[GROWING[0]]
