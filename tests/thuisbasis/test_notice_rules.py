"""When a notice or a digest is due, to whom it goes, and what it says; and the life of a mail in the outbox."""

import email
from datetime import UTC, timedelta
from email.policy import default

import pytest
from django.conf import settings as site_settings
from django.core import mail
from django.core.mail import EmailMessage
from mondays import MONDAY

from members.exchange.models import Question
from thuisbasis.accounts.models import User
from thuisbasis.mail.models import OutgoingMail
from thuisbasis.mail.services import deliver, deliver_due, forget_old_mail, put_in_outbox, try_again
from thuisbasis.network.models import Membership
from thuisbasis.network.services import visitor_for
from thuisbasis.notices.models import Notice, Subscription
from thuisbasis.notices.services import (
    choose,
    forget_old_notices,
    frequencies_of,
    inbox,
    mail_waiting_notices,
    mark_read,
    notify,
    stop_topic,
    unsubscribe_token,
)
from thuisbasis.notices.services.digests import send_digest, send_digests_of
from thuisbasis.notices.services.telling import deliver_notice

pytestmark = pytest.mark.django_db


def user(name):
    return User.objects.get(email=f"{name}@example.nl")


@pytest.fixture
def news():
    """Let one question have been asked just before a moment, and nothing else be new."""

    def just_before(moment):
        Question.objects.all().update(created_at=MONDAY - timedelta(days=400))
        row = Question.objects.filter(audience="network").first()
        Question.objects.filter(pk=row.pk).update(created_at=moment - timedelta(minutes=1))
        return row

    return just_before


def subscribed(name, frequency, sent_through=None):
    topics = ("questions", "documents", "announcements", "knowledge")
    choose(user=user(name), frequencies=dict.fromkeys(topics, frequency))
    Subscription.objects.filter(user=user(name)).update(sent_through=sent_through)


@pytest.mark.parametrize(
    ("frequency", "last", "day", "is_due"),
    [
        ("weekly", None, 0, True),
        ("weekly", None, 1, False),
        ("weekly", 7, 1, False),
        ("weekly", 8, 1, True),
        ("weekly", 0, 0, False),
        ("daily", None, 1, True),
        ("daily", 1, 1, True),
        ("daily", 0, 1, False),
        ("never", None, 0, False),
        ("never", 30, 0, False),
    ],
)
def test_a_digest_is_due_on_its_day_or_when_it_was_missed(news, frequency, last, day, is_due):
    now = MONDAY + timedelta(days=day)
    news(now)
    subscribed("daan", frequency, None if last is None else now - timedelta(days=last))
    assert send_digest(user=user("daan"), now=now) is is_due
    if is_due:
        assert set(Subscription.objects.filter(user=user("daan")).values_list("sent_through", flat=True)) == {now}


def test_a_digest_says_what_it_is_and_where_to_change_it(news):
    question = news(MONDAY)
    subscribed("daan", "weekly")
    mail.outbox.clear()
    assert send_digest(user=user("daan"), now=MONDAY)
    [message] = mail.outbox
    assert message.subject == "Nieuw op Thuisbasis"
    address = site_settings.SITE_URL
    for said in (
        "Dit is er nieuw voor jou.",
        question.title,
        f"{address}{question.get_absolute_url()}",
        "Naar Thuisbasis",
        f"{address}/leden/",
        "Kies zelf waarover en hoe vaak we je mailen.",
        f"{address}/leden/instellingen/",
    ):
        assert said in message.body, said
    parsed = email.message_from_bytes(message.message().as_bytes(), policy=default)
    assert question.title in parsed.get_body(("html",)).get_content()
    assert OutgoingMail.objects.filter(key=f"digest:{user('daan').pk}:{MONDAY:%Y-%m-%d}").count() == 1


def test_everyone_with_a_practice_and_an_account_gets_one_digest(news):
    news(MONDAY)
    Membership.objects.create(
        user=user("daan"), practice=user("lid").memberships.first().practice, role="member", start_date="2020-01-01"
    )
    User.objects.filter(email="lotte@example.nl").update(is_active=False)
    mail.outbox.clear()
    written = send_digests_of(now=MONDAY)
    receivers = sorted(message.to[0] for message in mail.outbox)
    assert len(receivers) == len(set(receivers)) == written
    assert "daan@example.nl" in receivers
    assert not {"lotte@example.nl", "bruxelles@example.nl", "redactie@example.nl"} & set(receivers)


def test_a_choice_holds_for_its_topic_and_its_person_alone():
    before = frequencies_of(user("lotte"))
    assert before["personal"] == "at_once"
    assert before["questions"] == "weekly"
    choose(user=user("daan"), frequencies={"questions": "daily"})
    choose(user=user("daan"), frequencies={"questions": "never"})
    assert frequencies_of(user("daan")) == {**before, "questions": "never"}
    assert frequencies_of(user("lotte")) == before
    assert Subscription.objects.filter(user=user("daan"), topic="questions").count() == 1


def test_one_click_ends_one_topic_or_the_whole_digest():
    stop_topic(token=unsubscribe_token(user=user("daan"), topic="questions"))
    found = frequencies_of(user("daan"))
    assert {name for name, frequency in found.items() if frequency == "never"} == {"questions"}
    stop_topic(token=unsubscribe_token(user=user("lotte"), topic="digest"))
    found = frequencies_of(user("lotte"))
    assert {name for name, frequency in found.items() if frequency != "never"} == {"personal"}
    assert frequencies_of(user("lid"))["questions"] == "weekly"


@pytest.fixture
def notice():
    """Tell daan of an answer to a question that he may see."""
    from members.exchange.models import Answer

    answer = Answer.objects.exclude(author=user("daan")).filter(question__audience="network").first()
    Notice.objects.all().delete()
    mail.outbox.clear()
    notify(users=[user("daan")], kind="answer", source_pk=answer.pk, now=MONDAY)
    return Notice.objects.get()


def test_somebody_is_told_once_and_mailed_once(notice):
    assert (notice.user, notice.kind, notice.created_at, notice.read_at) == (user("daan"), "answer", MONDAY, None)
    assert notice.mailed_at is not None
    [message] = mail.outbox
    assert message.to == ["daan@example.nl"]
    address = site_settings.SITE_URL
    for said in ("Bekijk het op Thuisbasis", "Liever geen mail hierover?", f"{address}/leden/instellingen/"):
        assert said in message.body, said
    assert OutgoingMail.objects.filter(key=f"notice:{notice.pk}").count() == 1
    notify(users=[user("daan")], kind="answer", source_pk=notice.source_pk, now=MONDAY + timedelta(days=1))
    assert Notice.objects.get().created_at == MONDAY
    assert not deliver_notice(notice_id=notice.pk, now=MONDAY)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("reason", ["never", "gone", "unseen"])
def test_no_mail_goes_to_who_does_not_want_it_is_gone_or_may_not_see_it(notice, reason):
    Notice.objects.update(mailed_at=None)
    OutgoingMail.objects.all().delete()
    if reason == "never":
        choose(user=user("daan"), frequencies={"personal": "never"})
    elif reason == "gone":
        User.objects.filter(email="daan@example.nl").update(is_active=False)
    else:
        Question.objects.update(hidden_at=MONDAY)
    assert not deliver_notice(notice_id=notice.pk, now=MONDAY)
    assert not OutgoingMail.objects.exists()
    assert (Notice.objects.get().mailed_at == MONDAY) is (reason != "gone")


def test_what_no_worker_mailed_is_mailed_after_a_minute(notice, time_machine):
    Notice.objects.update(mailed_at=None)
    OutgoingMail.objects.all().delete()
    time_machine.move_to(MONDAY + timedelta(minutes=1), tick=False)
    assert mail_waiting_notices.func() == 0
    time_machine.move_to(MONDAY + timedelta(minutes=1, seconds=1), tick=False)
    assert mail_waiting_notices.func() == 1


def test_the_inbox_is_ones_own_newest_first_and_empties_when_read(notice):
    looks = visitor_for(user=user("daan"), today=MONDAY.date())
    [row] = inbox(user=user("daan"), visitor=looks)
    assert (row.notice, "antwoordde op" in str(row.text)) == (notice, True)
    assert inbox(user=user("lotte"), visitor=looks) == []
    other = Notice.objects.create(user=user("daan"), kind="answer", source_pk=0, created_at=MONDAY)
    assert [found.notice for found in inbox(user=user("daan"), visitor=looks)] == [notice]
    assert inbox(user=user("daan"), visitor=looks, most=0) == []
    other.delete()
    assert mark_read(user=user("daan"), now=MONDAY) == 1
    assert Notice.objects.get().read_at == MONDAY
    assert mark_read(user=user("daan"), now=MONDAY) == 0
    assert inbox(user=user("daan"), visitor=looks, only_unread=True) == []
    assert len(inbox(user=user("daan"), visitor=looks)) == 1


def test_notices_are_kept_for_half_a_year(notice, time_machine):
    half_a_year = MONDAY.astimezone(UTC) + timedelta(days=180)
    time_machine.move_to(half_a_year, tick=False)
    assert forget_old_notices.func() == 0
    time_machine.move_to(half_a_year + timedelta(seconds=1), tick=False)
    assert forget_old_notices.func() == 1


@pytest.fixture
def outbox(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}
    OutgoingMail.objects.all().delete()

    def put(**values):
        return put_in_outbox(
            message=EmailMessage("Dag", "Hoi", "van@example.nl", ["aan@example.nl"]), now=MONDAY, **values
        )

    return put


def test_a_mail_is_written_down_whole_and_goes_once(outbox):
    row = OutgoingMail.objects.get(pk=outbox(key="x").pk)
    assert (row.recipients, row.sender, row.subject, row.key) == (["aan@example.nl"], "van@example.nl", "Dag", "x")
    assert (row.next_attempt_at, row.created_at, row.attempts, row.state) == (MONDAY, MONDAY, 0, "waiting")
    assert f"Message-ID: {row.message_id}".encode() in bytes(row.content)
    assert outbox(key="x") == row
    others = outbox()
    mail.outbox.clear()
    assert not deliver(mail_id=row.pk, now=MONDAY - timedelta(seconds=1))
    assert deliver(mail_id=row.pk, now=MONDAY)
    assert not deliver(mail_id=row.pk, now=MONDAY)
    row.refresh_from_db()
    assert (row.state, row.sent_at, row.leased_until, row.last_error) == ("sent", MONDAY, None, "")
    assert OutgoingMail.objects.get(pk=others.pk).state == "waiting"
    assert len(mail.outbox) == 1


def test_a_mail_in_the_hands_of_a_worker_is_left_alone_for_a_minute(outbox):
    row = outbox()
    OutgoingMail.objects.update(leased_until=MONDAY + timedelta(seconds=60))
    assert not deliver(mail_id=row.pk, now=MONDAY + timedelta(seconds=59))
    assert deliver(mail_id=row.pk, now=MONDAY + timedelta(seconds=60))


def test_failures_wait_longer_each_time_until_a_person_has_to_look(outbox, settings):
    row, other = outbox(), outbox()
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    now = MONDAY
    for attempt, minutes in enumerate((1, 5, 15, 30, 120, 480), start=1):
        assert not deliver(mail_id=row.pk, now=now)
        row.refresh_from_db()
        found = (row.attempts, row.state, row.next_attempt_at, row.leased_until)
        assert found == (attempt, "waiting", now + timedelta(minutes=minutes), None)
        now = row.next_attempt_at
    assert not deliver(mail_id=row.pk, now=now)
    row.refresh_from_db()
    assert (row.attempts, row.state, row.next_attempt_at) == (7, "dead", now)
    assert "ConnectionRefusedError" in row.last_error
    assert OutgoingMail.objects.get(pk=other.pk).attempts == 0
    assert list(OutgoingMail.objects.undeliverable()) == [row]
    try_again(mail=other, now=now)
    try_again(mail=row, now=now)
    row.refresh_from_db()
    assert (row.attempts, row.state, row.next_attempt_at) == (0, "waiting", now)
    assert OutgoingMail.objects.get(pk=other.pk).next_attempt_at == MONDAY
    assert deliver_due(now=now, most=1) == 0


def test_mail_that_waits_is_never_forgotten(outbox):
    waiting, sent, dead = outbox(), outbox(), outbox()
    OutgoingMail.objects.filter(pk=sent.pk).update(state="sent")
    OutgoingMail.objects.filter(pk=dead.pk).update(state="dead")
    assert forget_old_mail(now=MONDAY + timedelta(days=30)) == 0
    assert forget_old_mail(now=MONDAY + timedelta(days=30, seconds=1)) == 2
    assert list(OutgoingMail.objects.all()) == [waiting]
