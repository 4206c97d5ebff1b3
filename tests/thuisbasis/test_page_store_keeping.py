"""How the page store keeps answers: made ready in advance, whole or not at all, and never in anybody's way."""

import resource
import shutil
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIHandler
from stored_front import FEED, LISTING, PODCAST, SUNDAY, Front, stored

from thuisbasis.page_store.middleware import StoredPages
from thuisbasis.page_store.services import answer_of, begin_anew, current_generation, find, forget_old_generations, keep
from thuisbasis.page_store.tasks import read_anew

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_a_page_that_was_being_made_when_something_changed_is_never_found(folder):
    handler = WSGIHandler()

    def overtaken(environ, start_response):
        result = handler(environ, start_response)
        begin_anew()
        return result

    front = Front(StoredPages(overtaken))
    assert front(SUNDAY)[0] == 200
    assert stored() == set()


def test_the_most_wanted_pages_are_made_before_somebody_asks(front, django_assert_num_queries):
    before = current_generation()
    read_anew.func()
    assert current_generation() != before
    assert {"/", "/en/", "/fr/", LISTING, FEED, PODCAST} <= stored()
    with django_assert_num_queries(0):
        assert front("/")[0] == 200


def test_what_changes_while_pages_are_made_ready_wins(front, monkeypatch):
    from thuisbasis.page_store import tasks

    def change_meanwhile():
        begin_anew()
        return ["/"]

    monkeypatch.setattr(tasks, "fronts", change_meanwhile)
    read_anew.func()
    assert stored() == set()


def test_old_generations_go_and_a_store_that_cannot_be_written_is_closed(front, folder):
    for _time in range(5):
        begin_anew()
    forget_old_generations()
    assert len(list(folder.glob("*-*"))) == 2
    front(SUNDAY)
    (folder / "lock").unlink()
    (folder / "lock").mkdir()
    begin_anew()
    assert current_generation() is None
    assert front(SUNDAY)[0] == 200


def test_without_a_store_nothing_is_kept_and_nothing_is_asked(settings, one_connection):
    assert settings.PAGE_STORE == ""
    front = Front(StoredPages(WSGIHandler()))
    assert front("/")[0] == 200
    read_anew.func()
    begin_anew()
    assert current_generation() is None


def test_what_stands_in_the_way_keeps_nobody_from_reading(front):
    Path(current_generation(), "praktijkvoorbeelden").write_text("in the way")
    assert front(SUNDAY)[0] == 200
    assert front(SUNDAY)[0] == 200
    assert stored() == set()


def test_a_disk_that_is_full_leaves_nothing_half_written(front):
    generation = current_generation()
    answer = answer_of([("Content-Type", "text/html")], b"x" * 5000)
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limit[1]))
    try:
        assert not keep(generation=generation, path="/", answer=answer)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert list(generation.rglob("*")) == []
    assert keep(generation=generation, path="/", answer=answer)


def test_a_short_answer_is_not_made_smaller_and_a_generation_that_is_gone_takes_none(front):
    generation = current_generation()
    answer = answer_of([("Content-Type", "text/html")], b"kort")
    assert keep(generation=generation, path="/", answer=answer)
    assert find(generation=generation, path="/") == answer
    assert answer.small is None
    shutil.rmtree(generation)
    assert not keep(generation=generation, path="/leeg/", answer=answer)


def test_a_new_release_begins_with_an_empty_store(front):
    front(SUNDAY)
    StoredPages(WSGIHandler())
    assert stored() == set()


def test_a_form_that_carries_a_token_is_nobody_elses(front):
    _status, headers, _body = front("/account/inloggen/")
    assert "csrftoken" in headers["Set-Cookie"]
    assert stored() == set()
