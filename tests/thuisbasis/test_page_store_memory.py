"""What a process remembers between two changes saves the database questions, and is never older than a change."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from editing_a_page import ready_to_publish
from stored_front import LISTING, PODCAST, SUNDAY
from wagtail.models import Page

from knowledge.models import ArticleIndexPage, PracticeArticlePage
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Audience
from thuisbasis.page_store.memory import remembered
from thuisbasis.page_store.services import begin_anew

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# How often a page that is not stored may ask: the goals of the design, for a visitor and for a member.
MOST_FOR_ANYBODY = {"/": 12, SUNDAY: 8, LISTING: 12, "/zoeken/?q=zondag": 12, PODCAST: 6}
MOST_FOR_A_MEMBER = 15
MOST_FOR_PUBLISHING = 115


@pytest.fixture
def begun(folder):
    begin_anew()


@pytest.fixture
def sunday():
    return PracticeArticlePage.objects.get(slug="de-lange-zondag")


def questions(client, url):
    """Return how often a page asks the database when others were opened before it."""
    for _time in range(2):
        assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return len(asked)


def test_pages_ask_no_more_than_the_goals_say(client, begun):
    asked = {url: questions(client, url) for url in MOST_FOR_ANYBODY}
    print(asked)
    assert {url: count for url, count in asked.items() if count > MOST_FOR_ANYBODY[url]} == {}
    client.force_login(User.objects.get(email="lid@example.nl"))
    assert questions(client, SUNDAY) <= MOST_FOR_A_MEMBER
    assert questions(client, "/leden/") <= MOST_FOR_A_MEMBER


def test_publishing_asks_no_more_than_the_goal_says(logged_in, begun, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    client = logged_in(User.objects.get(email="redactie@example.nl"))
    address, data = ready_to_publish(client, PracticeArticlePage.objects.get(slug="koffie-op-de-stoep"))
    for _time in range(2):
        assert client.post(address, data).status_code == 302
    with CaptureQueriesContext(connection) as asked:
        client.post(address, data)
    told = [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    assert len(told) <= MOST_FOR_PUBLISHING


@pytest.mark.parametrize("address", ["/", LISTING, SUNDAY])
def test_a_stranger_finds_in_memory_what_is_for_everybody_and_a_member_what_is_hers(client, begun, changing, address):
    sunday = PracticeArticlePage.objects.get(slug="de-lange-zondag")
    hidden = PracticeArticlePage.objects.exclude(pk=sunday.pk).get(slug="koffie-op-de-stoep")
    with changing():
        hidden.audience, hidden.derived_from = Audience.NETWORK, sunday
        hidden.first_published_at = timezone.now()
        hidden.save_revision().publish()
    title = hidden.title.encode()
    member = Client()
    member.force_login(User.objects.get(email="lid@example.nl"))
    for _time in range(2):
        assert title not in client.get(address).content
        assert title in member.get(address).content


def test_a_list_that_is_narrowed_is_another_list(client, begun):
    whole = client.get(LISTING).content
    assert client.get(f"{LISTING}?thema=eenzaamheid").content != whole
    assert client.get(f"{LISTING}?bewijs=founded").content != whole
    assert client.get(f"{LISTING}?pagina=2").content != whole
    assert client.get(LISTING).content == whole


def test_a_value_is_made_once_until_something_changes(begun):
    made = []

    def make():
        made.append(len(made))
        return made[-1] + 1

    assert [remembered("this test", make) for _time in range(3)] == [1, 1, 1]
    begin_anew()
    assert remembered("this test", make) == 2


def test_nothing_is_not_remembered(begun):
    answers = iter([None, "found"])
    assert remembered("nothing", lambda: next(answers)) is None
    assert remembered("nothing", lambda: next(answers)) == "found"


def test_without_a_store_everything_is_asked_each_time(settings):
    settings.PAGE_STORE = ""
    answers = iter([1, 2])
    assert [remembered("without", lambda: next(answers)) for _time in range(2)] == [1, 2]


def test_who_changes_something_sees_it_before_others_do(begun, changing, sunday):
    assert remembered("title", lambda: "old") == "old"
    with changing():
        sunday.save()
        assert remembered("title", lambda: "new") == "new"
    assert remembered("title", lambda: "newest") == "newest"


def hide(page):
    page.audience = Audience.NETWORK
    page.save_revision().publish()


def rename(page):
    page.slug = "een-ander-adres"
    page.save_revision().publish()


def move(page):
    page.move(ArticleIndexPage.objects.get(locale=page.locale).get_next_sibling(), pos="last-child")


@pytest.mark.parametrize("change", [hide, rename, move, Page.unpublish, Page.delete])
def test_an_address_that_was_known_leads_nowhere_after_the_page_went(client, begun, changing, sunday, change):
    assert questions(client, SUNDAY)
    with changing():
        change(sunday)
    assert client.get(SUNDAY).status_code in (301, 404)


def test_a_hidden_page_is_known_to_members_and_stays_hidden_from_others(client, begun, changing, sunday):
    with changing():
        hide(sunday)
    client.force_login(User.objects.get(email="lid@example.nl"))
    assert questions(client, SUNDAY)
    client.logout()
    assert client.get(SUNDAY).status_code == 404


def test_a_page_of_parts_and_other_languages_is_found_in_memory_too(client, begun):
    for address in ("/themas/eenzaamheid/", "/en/practice-examples/the-long-sunday/", "/kijk-en-luister/talkshow/"):
        first = client.get(address).content
        assert client.get(address).content == first
    assert client.get("/themas/bestaat-niet/").status_code == 404
    assert client.get("/themas/bestaat-niet/").status_code == 404
