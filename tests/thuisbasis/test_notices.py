"""Notices and digests: rights are asked when they are read and sent, and one click ends them."""

import email
import re
import time
from datetime import timedelta
from email.policy import default

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from mondays import MONDAY

from members.exchange.models import Answer, Question
from thuisbasis.accounts.models import User
from thuisbasis.mail.models import OutgoingMail
from thuisbasis.network.models import Membership, Practice, Role
from thuisbasis.network.services import visitor_for
from thuisbasis.notices.models import Frequency, Notice, Subscription
from thuisbasis.notices.services import (
    TopicIsUnknown,
    choose,
    forget_old_notices,
    inbox,
    mail_notice,
    mail_waiting_notices,
    notify,
    unsubscribe_token,
)
from thuisbasis.notices.services.digests import send_digest, send_digests_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return User.objects.get(email="daan@example.nl")


@pytest.fixture
def question():
    Question.objects.all().update(created_at=MONDAY - timedelta(days=400))
    row = Question.objects.get(slug="hoe-maken-jullie-de-eerste-nacht-minder-stil")
    row.created_at = MONDAY - timedelta(days=1)
    row.save()
    return row


def digests(to="daan@example.nl"):
    return [message for message in mail.outbox if message.to == [to] and message.subject == "Nieuw op Thuisbasis"]


def test_a_digest_comes_on_monday_once_and_not_again_until_there_is_something_new(person, question):
    assert send_digest(user=person, now=MONDAY)
    assert question.title in digests()[0].body
    assert not send_digest(user=person, now=MONDAY + timedelta(hours=2))
    assert not send_digest(user=person, now=MONDAY + timedelta(days=1))
    assert not send_digest(user=person, now=MONDAY + timedelta(days=7))
    Question.objects.filter(pk=question.pk).update(created_at=MONDAY + timedelta(days=8))
    assert send_digest(user=person, now=MONDAY + timedelta(days=14))
    assert len(digests()) == 2


def test_each_topic_has_its_own_rhythm_and_there_is_at_most_one_digest_a_day(person, question):
    choose(user=person, frequencies={"questions": Frequency.DAILY, "documents": Frequency.NEVER})
    tuesday = MONDAY + timedelta(days=1)
    Question.objects.filter(pk=question.pk).update(created_at=tuesday - timedelta(hours=3))
    assert send_digest(user=person, now=tuesday)
    assert not send_digest(user=person, now=tuesday + timedelta(hours=5))
    assert "Nieuwe documenten" not in digests()[0].body
    with pytest.raises(TopicIsUnknown):
        choose(user=person, frequencies={"onzin": Frequency.DAILY})


def test_rights_are_those_of_the_moment_of_sending(person, question):
    Question.objects.filter(pk=question.pk).update(audience="steering_group")
    Subscription.objects.filter(user=person).delete()
    send_digest(user=person, now=MONDAY)
    assert all(question.title not in message.body for message in mail.outbox)
    Membership.objects.filter(user=person).update(ended_at=MONDAY)
    assert not send_digest(user=person, now=MONDAY + timedelta(days=7))


def test_a_worker_that_is_asked_twice_tells_nothing_twice(question):
    send_digests_of(now=MONDAY)
    before = OutgoingMail.objects.count()
    assert send_digests_of(now=MONDAY) == 0
    assert OutgoingMail.objects.count() == before


def test_nobody_waits_longer_than_a_week_when_monday_was_missed(person, question):
    assert send_digest(user=person, now=MONDAY)
    Question.objects.filter(pk=question.pk).update(created_at=MONDAY + timedelta(days=1))
    assert send_digest(user=person, now=MONDAY + timedelta(days=9))


def test_one_click_ends_a_list_without_a_login_and_looking_changes_nothing(person, question):
    send_digest(user=person, now=MONDAY)
    stored = OutgoingMail.objects.filter(subject="Nieuw op Thuisbasis").latest("pk")
    parsed = email.message_from_bytes(bytes(stored.content), policy=default)
    assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = "/afmelden/" + re.search(r"/afmelden/([^>]+)>", parsed["List-Unsubscribe"])[1]
    client = Client(enforce_csrf_checks=True)
    assert client.get(path).status_code == 200
    assert client.head(path).status_code == 200
    assert Subscription.objects.filter(user=person, frequency=Frequency.NEVER).count() == 0
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert client.post(path).status_code == 200
    assert not send_digest(user=person, now=MONDAY + timedelta(days=7))
    assert client.post(path[:-3] + "xx/").status_code == 404
    assert client.cookies == {}
    other = f"/afmelden/{unsubscribe_token(user=person, topic='onzin')}/"
    assert client.post(other).status_code == 404


@pytest.fixture
def answered(person, question):
    """Somebody answers, and the worker that would mail it dies."""
    answer = Answer.objects.create(question=question, author=person, text="Een radio.", created_at=timezone.now())

    def tell():
        Notice.objects.filter(kind="answer", source_pk=answer.pk).delete()
        long_ago = timezone.now() - timedelta(minutes=5)
        Notice.objects.create(user=question.author, kind="answer", source_pk=answer.pk, created_at=long_ago)
        mail.outbox.clear()

    return tell


def test_a_notice_says_nothing_any_more_to_who_may_not_see_it(question, answered, client):
    answered()
    client.force_login(question.author)

    def page():
        return client.get("/leden/voor-jou/").content.decode()

    assert "Daan Verzonnen antwoordde" in page()
    assert "Daan Verzonnen antwoordde" in client.get("/leden/").content.decode()
    assert client.post("/leden/voor-jou/").status_code == 302
    assert "Alles gelezen" not in page()
    Question.objects.filter(pk=question.pk).update(audience="steering_group")
    assert "Daan Verzonnen antwoordde" not in page()


def test_mail_asks_for_rights_and_wishes_again_before_it_goes(question, answered):
    author = question.author
    for audience, frequency, mails in [
        ("steering_group", Frequency.AT_ONCE, 0),
        ("network", Frequency.NEVER, 0),
        ("network", Frequency.AT_ONCE, 1),
    ]:
        answered()
        Question.objects.filter(pk=question.pk).update(audience=audience)
        choose(user=author, frequencies={"personal": frequency})
        assert mail_waiting_notices.func() == mails
        assert mail_waiting_notices.func() == 0
        assert [message.to for message in mail.outbox] == [[author.email]] * mails


def test_somebody_is_told_once_and_old_news_goes(person):
    for _time in range(2):
        notify(users=[person], kind="onbekend", source_pk=1, now=timezone.now())
    assert Notice.objects.filter(kind="onbekend").count() == 1
    assert all(
        row.notice.kind != "onbekend"
        for row in inbox(user=person, visitor=visitor_for(user=person, today=timezone.localdate()))
    )
    Notice.objects.filter(kind="onbekend").update(created_at=timezone.now() - timedelta(days=200))
    assert forget_old_notices.func() == 1


class Stopwatch:
    """Counts the queries of a connection and the seconds that they take, however many there are."""

    def __init__(self):
        self.queries = 0
        self.seconds = 0.0

    def __call__(self, execute, *arguments):
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.queries += 1
            self.seconds += time.perf_counter() - began

    @property
    def each(self):
        """The seconds of a query, on average."""
        return self.seconds / self.queries


@pytest.mark.on_server
def test_digests_for_five_hundred_people_ask_little_and_nothing_that_takes_long(question):
    practice = Practice.objects.in_network().first()
    people = User.objects.bulk_create(User(email=f"velen{number}@example.nl") for number in range(500))
    Membership.objects.bulk_create(
        Membership(user=user, practice=practice, role=Role.MEMBER, start_date="2020-01-01") for user in people
    )
    digests, plain = Stopwatch(), Stopwatch()
    # In turns: a machine that is busy for a while is so for both.
    for user in people:
        with connection.execute_wrapper(digests):
            assert send_digest(user=user, now=MONDAY)
        with connection.execute_wrapper(plain):
            assert User.objects.get(pk=user.pk) == user
    print(f"{digests.queries} queries, {digests.seconds:.1f} s: {digests.each / plain.each:.1f} × one person by key")
    assert digests.queries < 500 * 40
    assert digests.each < 5 * plain.each


def test_two_workers_mail_a_notice_once(answered, question):
    answered()
    notice = Notice.objects.get(kind="answer", user=question.author, mailed_at=None)
    assert [mail_notice.func(notice.pk), mail_notice.func(notice.pk)] == [True, False]
    assert len(mail.outbox) == 1
