"""What every engine promises: SQLite, PostgreSQL and a real search engine answer these questions alike."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from thuisbasis.network.models import Audience, Practice, WorkingGroup
from thuisbasis.network.policies import ANONYMOUS, Visitor
from thuisbasis.search.engines import MOST_COUNTED, DatabaseEngine
from thuisbasis.search.models import EntryFacet, SearchEntry, SynonymSet
from thuisbasis.search.services import keeping
from thuisbasis.search.services.asking import ask_for, looser

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(engine):
    """Write entries as content would, and tell the engine of them."""
    content_type = ContentType.objects.get_for_model(SearchEntry)
    taken = iter(range(1_000_000, 2_000_000))

    def make(*names, facets=(), text="", summary="", language="nl", **values):
        kept = {"audience": Audience.PUBLIC, "kind": "page", "url": "/", "published_at": timezone.now(), **values}
        entries = [
            SearchEntry(
                content_type=content_type,
                source_pk=next(taken),
                name=name,
                text=text,
                summary=summary,
                language=language,
                **kept,
            ).with_tokens()
            for name in names
        ]
        SearchEntry.objects.bulk_create(entries)
        EntryFacet.objects.bulk_create(
            EntryFacet(entry=entry, facet=facet, value=value) for entry in entries for facet, value in facets
        )
        if not isinstance(engine, DatabaseEngine):
            keeping.record(keys=[entry.pk for entry in entries])
            keeping.tell(engine, is_urgent=True)
        return entries

    return make


@pytest.fixture
def find(engine):
    """Ask, and return the answer with the names of what was found."""

    def ask(text, *, visitor=ANONYMOUS, **changes):
        found = engine.find(replace(ask_for(text, visitor), **changes))
        names = dict(SearchEntry.objects.values_list("pk", "name"))
        return found, [names[key] for key in found.keys]

    return ask


def test_every_word_must_occur_in_any_of_its_forms_anywhere(write, find):
    write("Zwaluw en egel", text="Er wonen ook dassen.")
    write("Zwaluw alleen")
    assert find("zwaluwen das")[1] == ["Zwaluw en egel"]
    assert sorted(find("zwaluw")[1]) == ["Zwaluw alleen", "Zwaluw en egel"]
    assert find("zwaluw neushoorn")[0].total == 0


def test_a_name_weighs_more_than_a_summary_and_that_more_than_a_text(write, find):
    rest = "Hier staat nog veel meer over iets anders. " * 3
    write("Over iets anders", text=f"{rest} Een egel.")
    write("Nog iets anders", summary="Een egel.", text=rest)
    write("Egel", text=rest)
    assert find("egels")[1] == ["Egel", "Nog iets anders", "Over iets anders"]


def test_whoever_looks_for_a_part_finds_long_words_last_and_not_the_other_way_round(write, find):
    write("Egel in de daklozenopvang")
    write("Egel in de opvang")
    assert find("egel opvang")[1] == ["Egel in de opvang", "Egel in de daklozenopvang"]
    assert find("egel daklozenopvang")[1] == ["Egel in de daklozenopvang"]


def test_synonyms_work_from_the_next_search_and_a_group_of_words_stays_together(write, find):
    SynonymSet.objects.all().delete()
    write("Housing First in Zwolle-Egel", "HF Zwolle-Egel", "First aid for housing in Zwolle-Egel")
    assert find("hf egel")[1] == ["HF Zwolle-Egel"]
    SynonymSet.objects.create(terms="HF\nHousing First")
    assert sorted(find("hf egel")[1]) == ["HF Zwolle-Egel", "Housing First in Zwolle-Egel"]
    assert sorted(find("housing first egel")[1]) == ["HF Zwolle-Egel", "Housing First in Zwolle-Egel"]


def test_synonyms_of_one_language_are_not_those_of_another(write, find):
    SynonymSet.objects.create(terms="egel\nstekelvarken", language="fr")
    write("Stekelvarken")
    assert find("egel")[1] == []


def test_what_is_in_the_readers_language_comes_before_what_is_as_good(write, find):
    write("Zebra pages", language="en")
    write("Zebra bladen", language="nl")
    assert find("zebra", language="nl")[1] == ["Zebra bladen", "Zebra pages"]
    assert find("zebra", language="en")[1] == ["Zebra pages", "Zebra bladen"]


def test_some_words_are_enough_when_that_is_asked_and_more_words_are_better(write, find):
    write("Egel", "Egel en das", "Das")
    _found, names = find("egel das neushoorn", is_any=True)
    assert names[0] == "Egel en das"
    assert sorted(names) == ["Das", "Egel", "Egel en das"]


def test_a_long_word_taken_apart_needs_all_its_parts(write, engine):
    (both,) = write("Buren en overlast van een neushoornvogel")
    write("Overlast van een neushoornvogel")
    ask = next(looser(ask_for("neushoornvogel burenoverlast", ANONYMOUS), "neushoornvogel burenoverlast"))
    assert engine.find(ask).keys == [both.pk]


def test_the_newest_first_when_that_is_asked(write, find):
    now = timezone.now()
    for days in (3, 1, 2):
        write(f"Egel {days}", published_at=now - timedelta(days=days))
    write("Egel zonder dag", published_at=None)
    assert find("egel", order="newest")[1] == ["Egel 1", "Egel 2", "Egel 3", "Egel zonder dag"]


def test_pages_follow_each_other_without_a_gap_or_a_double(write, find):
    write(*[f"Egel {number:02}" for number in range(25)])
    pages = [find("egel", start=start, size=10)[1] for start in (0, 10, 20)]
    assert [len(page) for page in pages] == [10, 10, 5]
    assert len({name for page in pages for name in page}) == 25
    assert find("egel", start=20, size=10)[0].total == 25


def test_counts_ignore_what_is_chosen_in_the_same_facet_and_follow_the_others(write, find):
    write("Egel a", "Egel b", facets=[("theme", "wonen"), ("year", "2021")])
    write("Egel c", facets=[("theme", "geld"), ("year", "2021")])
    write("Egel d", facets=[("theme", "geld"), ("theme", "wonen"), ("year", "2020")])
    counted = {"facets": ("theme", "year")}
    found, _names = find("egel", **counted)
    assert found.counts == {"theme": {"wonen": 3, "geld": 2}, "year": {"2021": 3, "2020": 1}}
    found, names = find("egel", **counted, selected={"theme": frozenset({"wonen"})})
    assert (sorted(names), found.total) == (["Egel a", "Egel b", "Egel d"], 3)
    assert found.counts == {"theme": {"wonen": 3, "geld": 2}, "year": {"2021": 2, "2020": 1}}
    both = {"theme": frozenset({"wonen", "geld"}), "year": frozenset({"2021"})}
    found, names = find("egel", **counted, selected=both)
    assert sorted(names) == ["Egel a", "Egel b", "Egel c"]
    assert found.counts == {"theme": {"wonen": 2, "geld": 1}, "year": {"2021": 3, "2020": 1}}


@pytest.mark.parametrize("audience", Audience.values)
def test_nobody_comes_across_what_is_for_others_not_even_in_a_count(write, find, engine, audience):
    practice, group = Practice.objects.first(), WorkingGroup.objects.create(name="Kring", slug="kring")
    (entry,) = write(
        "Kanarie", audience=audience, practice_id=practice.pk, working_group_id=group.pk, facets=[("theme", "wonen")]
    )
    visitors = {
        "anonymous": (ANONYMOUS, {"public"}),
        "member": (Visitor(practice_ids=frozenset({0}), network_practice_ids=frozenset({0})), {"public", "network"}),
        "colleague": (Visitor(practice_ids=frozenset({practice.pk})), {"public", "own_practice"}),
        "group": (Visitor(working_group_ids=frozenset({group.pk})), {"public", "working_group"}),
        "steering": (Visitor(is_steering_group=True), {"public", "steering_group"}),
        "editor": (Visitor(is_editor=True), {"public", "network"}),
    }
    for visitor, audiences in visitors.values():
        expected = [entry.pk] if audience in audiences else []
        found, _names = find("kanarie", visitor=visitor, facets=("theme",))
        assert (found.keys, found.total) == (expected, len(expected))
        assert found.counts == {"theme": {"wonen": 1} if expected else {}}
        assert engine.complete(["kanarie"], visitor=visitor, language="nl", size=5) == expected


def test_the_beginnings_of_words_complete_a_name_the_shortest_and_the_readers_own_first(write, engine):
    long, short = write("Egels in de winter helpen", "Egels in de winter")
    (english,) = write("Egels winter", language="en")
    keys = engine.complete(["eg", "win"], visitor=ANONYMOUS, language="nl", size=5)
    assert keys == [short.pk, long.pk, english.pk]
    assert engine.complete(["inter"], visitor=ANONYMOUS, language="nl", size=5) == []


def test_no_more_than_a_thousand_are_counted(write, find):
    write(*[f"Egel {number}" for number in range(MOST_COUNTED + 5)])
    found, names = find("egel", size=10)
    assert (found.total, found.is_more, len(names)) == (MOST_COUNTED, True, 10)


def test_an_index_of_nothing_finds_nothing(engine, find):
    SearchEntry.objects.all().delete()
    if not isinstance(engine, DatabaseEngine):
        keeping.build(engine=engine)
    found, names = find("wonen", facets=("theme",))
    assert (found.total, names, found.counts) == (0, [], {"theme": {}})


def test_the_database_keeps_its_index_whoever_writes_the_rows():
    def find_in_database(text):
        return DatabaseEngine().find(ask_for(text, ANONYMOUS)).keys

    entry = SearchEntry.objects.get(name="De lange zondag")
    SearchEntry.objects.filter(pk=entry.pk).update(title_tokens="nlneushoornvogel")
    assert find_in_database("neushoornvogel") == [entry.pk]
    SearchEntry.objects.filter(pk=entry.pk).delete()
    assert find_in_database("neushoornvogel") == []
