"""The demo can be made as large as one likes, and what is added is there as if people had written it."""

import pytest
from django.test import Client

from knowledge.models import EpisodePage, PracticeArticlePage
from members.exchange.models import Question
from members.library.models import Document
from thuisbasis.accounts.models import User
from thuisbasis.config.demo import growing
from thuisbasis.config.demo.growing import Growth

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SMALL = {"ARTICLES": 3, "DOCUMENTS": 4, "MEMBERS": 2, "QUESTIONS": 1, "EPISODES": 2, "AT_ONCE": 3}


@pytest.fixture
def told(monkeypatch):
    for name, amount in SMALL.items():
        monkeypatch.setattr(growing, name, amount)
    told = []
    Growth(2, told.append).grow()
    return told


def amounts():
    sources = (PracticeArticlePage, EpisodePage, Document, User, Question)
    return [source.objects.count() for source in sources]


def test_each_step_adds_its_people_articles_documents_and_questions(told):
    grown = amounts()
    assert PracticeArticlePage.objects.filter(slug__startswith="groei-").count() == 6
    assert EpisodePage.objects.filter(slug__startswith="groei-").count() == 2
    assert Document.objects.filter(current__file__name__startswith="groei-").count() == 8
    assert User.objects.filter(email__endswith="@groei.example.nl").count() == 4
    assert Question.objects.filter(slug__startswith="groei-").count() == 2
    assert told[:3] == ["3 of 4 members", "4 of 4 members", "3 of 6 articles"]
    Growth(2, told.append).grow()
    assert amounts() == grown


def test_what_was_added_is_read_found_and_downloaded(told, client):
    article = PracticeArticlePage.objects.get(slug="groei-00005")
    page = client.get(article.get_url())
    assert article.title in page.content.decode()
    assert "verzonnen" in page.content.decode().lower()
    assert article.get_url() in client.get("/zoeken/", {"q": article.title}).content.decode()
    document = Document.objects.filter(audience="network", current__file__name__startswith="groei-")[0]
    assert client.get(document.file_url).status_code == 404
    assert Client().login(username="lid-00000@groei.example.nl", password="eerst-een-thuis")
    client.force_login(User.objects.get(email="lid-00000@groei.example.nl"))
    assert client.get("/leden/").status_code == 200
    assert document.title in client.get(document.get_absolute_url()).content.decode()
    sent = client.get(document.file_url)
    assert b"".join(sent.streaming_content).decode() == document.current.file.text
