"""Answers for everybody are kept until anything that they show changes, and nothing else is ever kept."""

import gzip
import resource
import shutil
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, transaction
from django.utils import timezone
from wagtail.models import Page

from knowledge.models import ArticleIndexPage, HomePage, KnowledgePage, PracticeArticlePage
from members.exchange.models import Question
from thuisbasis.accounts.models import User
from thuisbasis.base.models import SiteImage
from thuisbasis.network.models import Audience, Consent, Practice, Theme
from thuisbasis.page_store.middleware import StoredPages
from thuisbasis.page_store.services import answer_of, begin_anew, current_generation, find, forget_old_generations, keep
from thuisbasis.page_store.tasks import read_anew

pytestmark = pytest.mark.django_db
SUNDAY, ENGLISH = "/praktijkvoorbeelden/de-lange-zondag/", "/en/practice-examples/the-long-sunday/"
LISTING, FEED, PODCAST = "/praktijkvoorbeelden/", "/feeds/nieuw.xml", "/feeds/podcast/thuis-gesproken.xml"
ALL = ["/", LISTING, SUNDAY, ENGLISH, FEED, PODCAST, "/sitemap.xml", "/themas/", "/praktijken/", "/agenda/"]


class Front:
    """Asks an application as a web server does."""

    def __init__(self, application):
        self.application = application

    def __call__(self, path, *, method="GET", query="", **headers):
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "HTTP_HOST": "testserver",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            **headers,
        }
        said = []
        result = self.application(environ, lambda *args: said.extend(args))
        body = b"".join(result)
        getattr(result, "close", bool)()
        return int(said[0][:3]), dict(said[1]), body


@pytest.fixture(autouse=True)
def one_connection():
    """Keep the test's own transaction, which Django would end with each request, as its test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def folder(settings, tmp_path):
    settings.SITE_URL = "http://testserver"
    settings.PAGE_STORE = str(tmp_path / "pages")
    return tmp_path / "pages"


@pytest.fixture
def front(folder):
    return Front(StoredPages(WSGIHandler()))


@pytest.fixture
def changing(django_capture_on_commit_callbacks):
    """Do what is in the block as one transaction that is done after it, and has nothing left to do then."""

    @contextmanager
    def transaction_that_ends():
        with django_capture_on_commit_callbacks(execute=True):
            yield
        connection.run_on_commit.clear()

    return transaction_that_ends


@pytest.fixture
def sunday():
    return PracticeArticlePage.objects.get(slug="de-lange-zondag")


def stored():
    """Return the paths whose answers are stored."""
    generation = current_generation()
    files = [file.relative_to(generation) for file in generation.rglob("*") if file.suffix in {".html", ".xml"}]
    return {f"/{file}".removesuffix("index.html") for file in files}


def test_a_page_is_made_once_and_then_sent_without_asking_the_database(front, django_assert_num_queries):
    status, headers, body = front(SUNDAY)
    assert (status, headers["Cache-Control"]) == (200, "public, no-cache")
    with django_assert_num_queries(0):
        again, kept, same = front(SUNDAY)
        assert (again, same) == (200, body)
        assert {name: kept[name] for name in headers} == headers
        assert front(SUNDAY, method="HEAD")[2] == b""
        small, how, packed = front(SUNDAY, HTTP_ACCEPT_ENCODING="br, gzip")
        assert (small, how["Content-Encoding"], gzip.decompress(packed)) == (200, "gzip", body)
        assert len(packed) < len(body) / 3
        unchanged, told, nothing = front(SUNDAY, HTTP_IF_NONE_MATCH=f'"oud", {headers["ETag"]}')
        assert (unchanged, told["ETag"], nothing) == (304, headers["ETag"], b"")
        assert front(SUNDAY, HTTP_IF_NONE_MATCH='"oud"')[0] == 200


def test_who_asks_for_a_small_answer_first_leaves_a_whole_one_for_the_next(front):
    _status, headers, packed = front(SUNDAY, HTTP_ACCEPT_ENCODING="gzip")
    _status, whole, body = front(SUNDAY)
    assert gzip.decompress(packed) == body
    assert "Content-Encoding" not in whole
    assert whole["Content-Length"] == str(len(body)) != headers["Content-Length"]


def test_exactly_the_public_pages_are_stored(front):
    # This one is called after a project that others tell of as well.
    some = PracticeArticlePage.objects.exclude(title="Zwolle Actief")
    hidden = list(some.values_list("pk", flat=True)[:5])
    KnowledgePage.objects.filter(pk__in=hidden).update(audience=Audience.NETWORK)
    for page in Page.objects.live().filter(depth__gt=1):
        front(page.url)
    public = {page.url for page in Page.objects.live().filter(depth__gt=1).specific() if page.is_public}
    private = set(KnowledgePage.objects.live().exclude(audience=Audience.PUBLIC).values_list("title", flat=True))
    assert len(public) > 80
    assert len(private) > 5
    assert stored() == public
    text = "".join(file.read_text() for file in current_generation().rglob("*.html"))
    assert [title for title in private if title in text] == []


@pytest.mark.parametrize(
    ("path", "how"),
    [
        (SUNDAY, {"query": "a=b"}),
        (SUNDAY, {"method": "POST"}),
        (SUNDAY, {"HTTP_HOST": "localhost"}),
        (SUNDAY, {"HTTP_AUTHORIZATION": "Basic eDp5"}),
        (SUNDAY, {"HTTP_COOKIE": "sessionid=weg"}),
        (SUNDAY, {"HTTP_COOKIE": "csrftoken=x"}),
        (SUNDAY, {"HTTP_X_FORWARDED_PROTO": "https"}),
        ("/zoeken/", {"query": "q=buren"}),
        ("/zoeken/", {}),
        ("/bestaat-niet/", {}),
        ("/account/inloggen/", {}),
        ("/leden/", {}),
        ("/cms/", {}),
        ("/healthz", {}),
        ("/galerij/", {}),
        ("/opslag/../../etc/", {}),
    ],
)
def test_what_is_not_for_everybody_is_not_stored(front, path, how):
    front(path, **how)
    assert stored() == set()


def test_who_has_a_session_never_gets_a_stored_page(front, client):
    front(SUNDAY)
    client.force_login(User.objects.get(email="lid@example.nl"))
    cookie = f"theme=x; sessionid={client.cookies['sessionid'].value}"
    _status, headers, body = front(SUNDAY, HTTP_COOKIE=cookie)
    assert "Uitloggen" in body.decode()
    assert headers["Cache-Control"] == "private, no-store"
    assert b"Uitloggen" not in front(SUNDAY)[2]
    assert b"Uitloggen" not in front(SUNDAY, HTTP_COOKIE="csrftoken=x; xsessionid=y")[2]


def publish(sunday):
    sunday.title = "De nog langere zondag"
    sunday.save_revision().publish()


def hide(sunday):
    sunday.audience = Audience.NETWORK
    sunday.save_revision().publish()


def move(sunday):
    sunday.move(ArticleIndexPage.objects.exclude(pk=sunday.get_parent().pk).first(), pos="last-child")


def expire(sunday):
    sunday.expire_at = timezone.now() - timedelta(minutes=1)
    sunday.save()
    call_command("publish_scheduled", verbosity=0)


def rename_theme(sunday):
    theme = sunday.themes.first()
    theme.name = "Hernoemd thema"
    theme.save()


CHANGES = {
    "publishing": publish,
    "unpublishing": lambda sunday: sunday.unpublish(),
    "an audience": hide,
    "moving": move,
    "removing": lambda sunday: sunday.delete(),
    "expiring": expire,
    "the name of a theme": rename_theme,
    "the theme itself": lambda sunday: Theme.objects.get(pk=sunday.themes.first().pk).delete(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_every_address_answers_as_if_nothing_had_been_stored(front, changing, sunday, change):
    before = {path: front(path) for path in ALL}
    assert set(ALL) <= stored()
    with changing():
        CHANGES[change](sunday)
    assert current_generation() is not None
    without = Front(WSGIHandler())
    after = {path: front(path) for path in ALL}
    for path in ALL:
        status, _headers, body = without(path)
        assert after[path][0] == status, path
        assert after[path][2] == body or status == 404, path
    assert after[SUNDAY][::2] != before[SUNDAY][::2]


def test_other_things_that_pages_show_make_them_old_as_well(front, changing):
    for model in (Practice, Consent, SiteImage, HomePage):
        front("/")
        with changing():
            model.objects.first().save()
        assert stored() == set(), model


def test_drafts_and_what_members_do_leave_stored_pages_alone(front, changing, sunday):
    front(SUNDAY)
    with changing():
        sunday.summary = "Nog niet klaar."
        sunday.save_revision()
        question = Question.objects.first()
        question.save()
        User.objects.get(email="lid@example.nl").save()
    assert stored() == {SUNDAY}


def test_what_is_rolled_back_changes_nothing_and_what_stays_is_not_forgotten_with_it(front, changing, sunday):
    front(SUNDAY)
    with changing(), pytest.raises(ZeroDivisionError), transaction.atomic():
        publish(sunday)
        raise ZeroDivisionError
    assert stored() == {SUNDAY}
    with changing():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            Theme.objects.first().save()
            raise ZeroDivisionError
        Theme.objects.last().save()
    assert stored() == set()


def test_a_hundred_changes_in_one_transaction_make_pages_old_once(folder, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        for theme in list(Theme.objects.all()) * 20:
            theme.save()
    assert waiting.count(begin_anew) == 1


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


def test_without_a_store_nothing_is_kept_and_nothing_is_asked(settings, tmp_path):
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
