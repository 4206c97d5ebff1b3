"""The outbox: every mail is a row first, and arrives once whatever happens to servers and workers."""

import email
import smtplib
from datetime import timedelta
from email.policy import SMTP

import pytest
from django.core import mail as django_mail
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from thuisbasis.mail.models import MailState, OutgoingMail
from thuisbasis.mail.services import BACK_OFF, Letter, deliver, deliver_due, forget_old_mail, try_again, write_letter

pytestmark = pytest.mark.django_db
LETTER = Letter(
    subject="Dag",
    paragraphs=("Eén regel.", "Nog een."),
    action_label="Kijk",
    action_url="https://thuisbasis.example/x/",
    closing="Tot ziens.",
)
HOLIDAY = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}


@pytest.fixture
def no_worker(settings):
    """Let mail wait in the outbox: nobody works today."""
    settings.TASKS = HOLIDAY


@pytest.fixture
def down(monkeypatch):
    """A mail server that is away until told otherwise; returns the deliveries."""
    state = {"is_down": True, "sent": []}

    class Transport:
        def send_messages(self, messages):
            if state["is_down"]:
                raise smtplib.SMTPServerDisconnected("away")
            state["sent"] += [message.message().as_bytes() for message in messages]

    monkeypatch.setattr("thuisbasis.mail.services.get_connection", lambda backend: Transport())
    return state


def write(number=1, **values):
    write_letter(letter=LETTER, to=f"lezer{number}@example.nl", language="nl", **values)


def test_a_letter_goes_out_in_our_look_with_a_plain_text_part():
    write()
    message = email.message_from_bytes(bytes(OutgoingMail.objects.get().content), policy=SMTP)
    assert message["Subject"] == "Dag"
    assert message["To"] == "lezer1@example.nl"
    plain, html = message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()
    assert "Eén regel." in plain
    assert "https://thuisbasis.example/x/" in plain
    assert '<a class="button" href="https://thuisbasis.example/x/">Kijk</a>' in html
    assert '<html lang="nl">' in html
    assert "http" not in html.replace("https://thuisbasis.example/x/", "")
    assert [sent.to for sent in django_mail.outbox] == [["lezer1@example.nl"]]


def test_every_mail_of_django_itself_goes_through_the_outbox():
    send_mail("Onderwerp", "Tekst", None, ["iemand@example.nl"])
    assert OutgoingMail.objects.get().recipients == ["iemand@example.nl"]
    assert send_mail("Voor niemand", "Tekst", None, []) == 0


@pytest.mark.django_db(transaction=False)
def test_a_mail_disappears_with_the_transaction_that_fails(no_worker):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write()
        1 / 0  # noqa: B018 (the failure is the point)
    assert not OutgoingMail.objects.exists()


def test_the_same_key_is_the_same_mail(no_worker):
    write(key="kwartaal-1")
    write(key="kwartaal-1")
    assert OutgoingMail.objects.count() == 1


def test_a_mail_server_that_is_away_for_an_hour_costs_no_mail_and_doubles_none(no_worker, down):
    start = timezone.now()
    for number in range(30):
        write(number)
    for minute in range(240):
        down["is_down"] = minute < 60
        deliver_due(now=start + timedelta(minutes=minute, seconds=1))
    assert len(down["sent"]) == 30
    identities = {email.message_from_bytes(content)["Message-ID"] for content in down["sent"]}
    assert len(identities) == 30
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {MailState.SENT}


def test_a_mail_that_nobody_takes_is_given_up_and_tried_again_by_hand(no_worker, down):
    write()
    now = timezone.now()
    for _attempt in range(len(BACK_OFF) + 1):
        assert deliver_due(now=now) == 0
        now += timedelta(hours=9)
    mail = OutgoingMail.objects.undeliverable().get()
    assert "SMTPServerDisconnected" in mail.last_error
    down["is_down"] = False
    try_again(mail=mail, now=now)
    assert deliver_due(now=now) == 1


def test_two_workers_never_send_the_same_mail(no_worker, down):
    down["is_down"] = False
    write()
    now, mail = timezone.now() + timedelta(seconds=1), OutgoingMail.objects.get()
    OutgoingMail.objects.update(leased_until=now + timedelta(seconds=50))
    assert deliver(mail_id=mail.pk, now=now) is False
    assert deliver(mail_id=mail.pk, now=now + timedelta(seconds=51)) is True
    assert deliver(mail_id=mail.pk, now=now + timedelta(hours=1)) is False


def test_what_was_delivered_is_wiped_at_once_and_forgotten_after_a_month(settings):
    settings.KEEP_SENT_MAIL = False
    write()
    assert bytes(OutgoingMail.objects.get().content) == b""
    assert forget_old_mail(now=timezone.now() + timedelta(days=29)) == 0
    assert forget_old_mail(now=timezone.now() + timedelta(days=31)) == 1


def test_line_breaks_in_a_subject_add_no_header():
    letter = Letter(subject="Dag\r\nBcc: ander@example.nl", paragraphs=("x",))
    write_letter(letter=letter, to="lezer@example.nl", language="nl")
    message = email.message_from_bytes(bytes(OutgoingMail.objects.get().content), policy=SMTP)
    assert message["Bcc"] is None
    assert str(OutgoingMail.objects.get()) == "Dag Bcc: ander@example.nl"


def test_administrators_see_dead_letters_and_send_them_again(client, django_user_model, no_worker, down):
    write()
    OutgoingMail.objects.update(state=MailState.DEAD, last_error="SMTPRefused")
    client.force_login(django_user_model.objects.get(email="beheer@example.nl"))
    page = client.get("/cms/post/").content.decode()
    assert "SMTPRefused" in page
    assert "Eén regel." not in page
    assert client.post("/cms/post/", {"mail": OutgoingMail.objects.get().pk}).status_code == 302
    assert OutgoingMail.objects.get().state == MailState.WAITING
    assert client.post("/cms/post/", {"mail": "x"}).status_code == 404
