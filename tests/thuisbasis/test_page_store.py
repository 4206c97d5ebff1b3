"""Answers for everybody are kept until anything that they show changes, and nothing else is ever kept."""

import gzip
from datetime import timedelta

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from stored_front import ENGLISH, FEED, LISTING, PODCAST, SUNDAY, Front, stored
from wagtail.models import Page

from knowledge.models import ArticleIndexPage, HomePage, KnowledgePage, PracticeArticlePage
from members.exchange.models import Question
from thuisbasis.accounts.models import User
from thuisbasis.base.models import SiteImage
from thuisbasis.network.models import Audience, Consent, Practice, Theme
from thuisbasis.page_store.services import begin_anew, current_generation

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.no_cover]
ALL = ["/", LISTING, SUNDAY, ENGLISH, FEED, PODCAST, "/sitemap.xml", "/themas/", "/praktijken/", "/agenda/"]


@pytest.fixture
def sunday():
    return PracticeArticlePage.objects.get(slug="de-lange-zondag")


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


def test_what_a_newsletter_counts_with_is_no_question(front, django_assert_num_queries):
    counted = {"query": "utm_source=nieuwsbrief&utm_medium=mail&fbclid=x"}
    assert b"utm_source" in front(LISTING, **counted)[2]
    assert stored() == set()
    body = front(LISTING)[2]
    with django_assert_num_queries(0):
        assert front(LISTING, **counted)[2] == body
    assert front(LISTING, query="utm_source=nieuwsbrief&thema=eenzaamheid")[2] != body


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
