"""The index of a search engine lives on: built without a gap, never behind for long, never older than the content."""

import json

import pytest
from django.utils import timezone

from knowledge.models import PracticeArticlePage
from thuisbasis.network.policies import ANONYMOUS
from thuisbasis.search import engines
from thuisbasis.search.engines import EngineFailed
from thuisbasis.search.models import Change, EngineIndex, SearchEntry
from thuisbasis.search.services import forget, index, keeping, search

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def article():
    return PracticeArticlePage.objects.get(slug="de-lange-zondag")


def in_engine(engine):
    engine.count()  # which shows what was just written
    return {key: version for piece in engine.versions() for key, version in piece.items()}


def in_database():
    return dict(SearchEntry.objects.values_list("pk", "version"))


def rename(article, title):
    article.title = title
    article.save_revision().publish()


def test_everything_is_in_a_new_index_and_the_builder_says_how_far_it_is(db, engine_settings, monkeypatch):
    monkeypatch.setattr(keeping, "AT_ONCE", 50)
    seen = []
    name = keeping.build(engine=engine_settings, progress=lambda done, total: seen.append((done, total)))
    assert in_engine(engine_settings) == in_database()
    total = SearchEntry.objects.count()
    assert [done for done, _total in seen] == [*range(50, total, 50), total]
    assert {row[1] for row in seen} == {total}
    assert EngineIndex.objects.get(is_live=True).name == name


def test_a_second_index_takes_over_from_the_first_which_goes(elastic):
    first = EngineIndex.objects.get().name
    second = keeping.build(engine=elastic)
    assert elastic.indexes() == {second} != {first}
    assert elastic.is_live(second)


def test_nobody_builds_beside_somebody_else_but_over_somebody_who_died(elastic):
    EngineIndex.objects.create(name=f"{elastic.alias}-2", rules="x", heard_at=timezone.now())
    with pytest.raises(keeping.AlreadyBuilding):
        keeping.build(engine=elastic)
    EngineIndex.objects.filter(is_live=True).update(rules="other")
    assert keeping.keep_in_step.func() == "building"
    EngineIndex.objects.filter(is_live=False).update(heard_at=timezone.now() - keeping.BUILD_IS_DEAD * 2)
    keeping.build(engine=elastic)
    assert EngineIndex.objects.count() == 1


def test_a_build_that_fails_leaves_the_old_index_and_no_trace(elastic, monkeypatch):
    def fail(*args, **kwargs):
        raise EngineFailed

    before = EngineIndex.objects.get().name
    with monkeypatch.context() as patch, pytest.raises(EngineFailed):
        patch.setattr(type(elastic), "put", fail)
        keeping.build(engine=elastic)
    assert EngineIndex.objects.get().name == before
    assert elastic.is_live(before)
    after = keeping.build(engine=elastic)
    assert elastic.indexes() == {after}


def test_nobody_waits_for_an_engine_that_just_failed(elastic, article, django_capture_on_commit_callbacks):
    engines.breaker.failed()
    with django_capture_on_commit_callbacks(execute=True):
        rename(article, "Neushoornvogels op zondag")
    assert Change.objects.exists()


def test_what_is_published_is_found_at_once_and_what_is_taken_back_is_not(
    elastic, article, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        rename(article, "Neushoornvogels op zondag")
    assert [hit.entry.name for hit in search(text="neushoornvogel", visitor=ANONYMOUS).hits] == [article.title]
    assert Change.objects.count() == 0
    with django_capture_on_commit_callbacks(execute=True):
        article.unpublish()
    assert search(text="neushoornvogel", visitor=ANONYMOUS).total == 0
    assert in_engine(elastic) == in_database()


def test_a_change_that_the_engine_has_not_heard_of_yet_is_answered_by_the_database(elastic, article, monkeypatch):
    rename(article, "Neushoornvogels op zondag")
    assert search(text="neushoornvogel", visitor=ANONYMOUS).total == 0
    Change.objects.update(created_at=timezone.now() - keeping.LATE * 2)
    found = search(text="neushoornvogel", visitor=ANONYMOUS)
    assert (found.total, found.is_plain) == (1, True)


def test_something_old_never_comes_over_something_new(elastic, article):
    entry = SearchEntry.objects.get(name=article.title)
    old = SearchEntry.objects.prefetch_related("facets").get(pk=entry.pk)
    rename(article, "Neushoornvogels op zondag")
    keeping.tell(elastic)
    elastic.put([elastic.alias], [old], is_urgent=True)
    assert in_engine(elastic)[entry.pk] == SearchEntry.objects.get(pk=entry.pk).version > old.version


def test_what_was_removed_does_not_come_back_from_a_builder_that_read_it_before(elastic, article):
    entry = SearchEntry.objects.prefetch_related("facets").get(name=article.title)
    forget(instance=article)
    keeping.tell(elastic)
    elastic.put([elastic.alias], [entry], is_urgent=True)
    assert entry.pk not in in_engine(elastic)


def test_what_was_lost_or_left_over_is_repaired_within_a_minute_without_a_hand(elastic):
    keys = sorted(in_database())
    elastic.remove([elastic.alias], dict.fromkeys(keys[:3], 0), is_urgent=True)
    assert len(in_engine(elastic)) == len(keys) - 3
    assert keeping.keep_in_step.func() == "told 0, repaired 3"
    assert in_engine(elastic) == in_database()
    SearchEntry.objects.filter(pk=keys[0]).delete()
    assert keeping.keep_in_step.func() == "told 0, repaired 1"
    assert in_engine(elastic) == in_database()


def test_a_difference_that_does_not_show_in_the_count_is_found_at_night(elastic):
    key = min(in_database())
    SearchEntry.objects.filter(pk=key).update(version=4)
    assert keeping.keep_in_step.func() == "told 0, repaired 0"
    assert keeping.compare_all.func() == 1
    assert in_engine(elastic) == in_database()


def test_an_engine_that_lost_everything_is_filled_again(elastic):
    for name in elastic.indexes():
        elastic.drop(name)
    assert keeping.keep_in_step.func() == "built"
    assert in_engine(elastic) == in_database()


def test_new_rules_build_a_new_index(elastic):
    EngineIndex.objects.update(rules="other")
    assert keeping.keep_in_step.func() == "built"
    assert keeping.keep_in_step.func() == "told 0, repaired 0"


def test_without_an_engine_nothing_is_written_down(db, article):
    index(instance=article)
    assert not Change.objects.exists()
    assert keeping.keep_in_step.func() == "no engine"
    assert keeping.compare_all.func() == 0


def test_a_rebuild_under_constant_searching_and_publishing_fails_no_search_and_loses_no_change(
    engine_settings, own_process, settings
):
    """Thirty pages change while the index is built anew four times, and three readers never stop asking."""
    code = "import json, search_rush\nprint(json.dumps(search_rush.rebuild_while_in_use()))"
    result = json.loads(own_process(code, SEARCH_RUSH=json.dumps(settings.SEARCH_ENGINE)))
    assert result["failures"] == []
    assert result["asked"] > 20
    assert result["found"] == result["published"] >= 20
    assert result["drift"] == 0


def test_an_engine_that_is_away_loses_nothing(elastic, article, monkeypatch, django_capture_on_commit_callbacks):
    def away(*args, **kwargs):
        raise EngineFailed("away")

    with monkeypatch.context() as patch:
        patch.setattr(type(elastic), "put", away)
        with django_capture_on_commit_callbacks(execute=True):
            rename(article, "Neushoornvogels op zondag")
        assert keeping.keep_in_step.func() == "away"
        assert keeping.compare_all.func() == 0
    assert engines.breaker.is_open
    assert search(text="neushoornvogel", visitor=ANONYMOUS).total == 1
    assert keeping.keep_in_step.func().endswith("repaired 0")
    assert not engines.breaker.is_open
    found = search(text="neushoornvogel", visitor=ANONYMOUS)
    assert (found.total, found.is_plain) == (1, False)
