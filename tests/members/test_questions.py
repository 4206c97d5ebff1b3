"""Questions of practices to each other: asked, found, answered, reported, hidden, and never left alone."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from members.exchange.models import Announcement, Answer, Question, Report, ThemeExpert
from members.exchange.querysets import working_days_before
from members.exchange.services import (
    NotYoursToHide,
    accept_answer,
    announce,
    answer_question,
    ask_question,
    choose_expertise,
    hide_post,
    report_post,
    show_post,
    similar_to,
)
from members.exchange.services.experts import ask_experts_at
from thuisbasis.accounts.models import AuditAction, AuditEntry
from thuisbasis.network.models import Theme, WorkingGroup
from thuisbasis.network.refusals import NotForYou
from thuisbasis.notices.services import inbox
from thuisbasis.search.services import search

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = timezone.now()


@pytest.fixture
def group():
    return WorkingGroup.objects.get(slug="ervaringskennis")


@pytest.fixture
def ask(user, visitor, practice):
    def do(name="lid", *, title="Wie kent een goede klusser?", audience="network", group=None, themes=(), now=NOW):
        person = user(name)
        content = {"title": title, "text": "Voor een lekkende kraan.", "audience": audience}
        content |= {"working_group": group, "themes": themes}
        return ask_question(
            author=person, visitor=visitor(person), practice=practice, content=content, overridden=[], now=now
        )

    return do


@pytest.fixture
def answer(user, visitor):
    def do(question, name="daan", text="Bel de huismeester."):
        person = user(name)
        return answer_question(
            question=question, author=person, visitor=visitor(person), text=text, overridden=[], now=timezone.now()
        )

    return do


@pytest.fixture
def told(user, visitor):
    return lambda name: [str(row.text) for row in inbox(user=user(name), visitor=visitor(user(name)))]


def test_a_support_worker_asks_and_gets_an_answer(client, user, told):
    client.force_login(user("lid"))
    form = {
        "title": "Wie kent een goede klusser?",
        "text": "Voor een lekkende kraan.",
        "seen_by": "network",
        "ask": "1",
    }
    answer = client.post("/leden/vragen/stellen/", form)
    question = Question.objects.get(slug="wie-kent-een-goede-klusser")
    assert answer.url == question.get_absolute_url()
    client.force_login(user("daan"))
    assert question.title in client.get("/leden/vragen/").content.decode()
    assert client.post(question.get_absolute_url(), {"text": "Bel de huismeester."}).status_code == 302
    assert "Daan Verzonnen antwoordde op “Wie kent een goede klusser?”" in told("lid")
    assert "antwoordde op" in mail.outbox[-1].subject
    assert mail.outbox[-1].to == ["lid@example.nl"]
    client.force_login(user("lid"))
    given = Answer.objects.get(question=question)
    assert client.post(f"{question.get_absolute_url()}dit-hielp/{given.pk}/").status_code == 302
    assert "Dit hielp" in client.get(question.get_absolute_url()).content.decode()
    assert "Je antwoord op “Wie kent een goede klusser?” hielp" in told("daan")
    assert client.post(f"{question.get_absolute_url()}dit-hielp/999999/").status_code == 404


def test_while_somebody_types_what_was_asked_before_is_shown_as_far_as_he_may_see_it(client, user, visitor, ask, group):
    ask("lid", title="Geheime moestuinvraag", audience="working_group", group=group)
    ask("lid", title="Hoe begin je een moestuin?")
    client.force_login(user("daan"))
    page = client.get("/leden/vragen/eerder-gevraagd/?vraag=Ik wil een moestuin beginnen").content.decode()
    assert "Hoe begin je een moestuin?" in page
    assert "Geheime" not in page
    form = {"title": "Een moestuin beginnen, hoe doe je dat?", "text": "Bij ons huis.", "seen_by": "network"}
    first = client.post("/leden/vragen/stellen/", form)
    assert "Hoe begin je een moestuin?" in first.content.decode()
    assert "Bij ons huis." in first.content.decode()
    assert client.post("/leden/vragen/stellen/", {**form, "ask": "1"}).status_code == 302
    assert similar_to(text="de een het", visitor=visitor(user("lid"))) == []
    assert similar_to(text="xyzzyqwerty", visitor=visitor(user("lid"))) == []


def test_a_text_that_seems_to_name_a_resident_is_stopped_once_and_the_override_is_written_down(client, user):
    client.force_login(user("lid"))
    form = {"title": "Wie kent deze kapper?", "text": "Zijn nummer is 06-12345678.", "seen_by": "network"}
    answer = client.post("/leden/vragen/stellen/", form).content.decode()
    assert "lijkt op een telefoonnummer" in answer
    assert "Wie kent deze kapper?" in answer
    assert 'type="checkbox" name="sure"' in answer
    assert not Question.objects.filter(slug="wie-kent-deze-kapper").exists()
    assert client.post("/leden/vragen/stellen/", {**form, "sure": "on", "ask": "1"}).status_code == 302
    entry = AuditEntry.objects.filter(action=AuditAction.PRIVACY_OVERRIDDEN).latest("at")
    assert (entry.actor_key, "phone" in entry.detail, "06" in entry.detail) == (user("lid").pk, True, False)


def test_nobody_asks_or_answers_where_he_may_not_be(ask, answer, group, user, visitor, practice):
    for name, audience in (("pieter", "working_group"), ("lid", "public"), ("lid", "steering_group")):
        with pytest.raises(NotForYou):
            ask(name, audience=audience, group=group)
    with pytest.raises(NotForYou):
        ask("daan")
    question = ask("lid", audience="working_group", group=group)
    with pytest.raises(NotForYou):
        answer(question, "daan")
    helped = answer(ask("lid"))
    with pytest.raises(NotForYou):
        accept_answer(answer=helped, visitor=visitor(user("daan")), now=NOW)


def test_what_helped_can_be_taken_back(ask, answer, user, visitor):
    question = ask()
    helped = answer(question)
    for expected in (helped, None):
        accept_answer(answer=helped, visitor=visitor(user("lid")), now=NOW)
        question.refresh_from_db()
        assert question.accepted_answer == expected
    own = answer(question, "lid")
    accept_answer(answer=own, visitor=visitor(user("lid")), now=NOW)


def test_a_coordinator_hides_with_one_click_and_it_is_gone_everywhere(
    client, ask, answer, user, visitor, told, logged_in
):
    question = ask()
    given = answer(question, text="Vraag het aan Kwikstaart.")
    assert search(text="kwikstaart", visitor=visitor(user("fatima"))).total == 1
    client.force_login(user("fatima"))
    assert client.post(f"/leden/meldingen/answer/{given.pk}/", {"reason": "Een naam"}).status_code == 302
    report_post(post=given, reporter=user("fatima"), reason="", now=NOW)
    assert Report.objects.count() == 1
    assert "Iemand meldde een tekst die te veel zegt" in told("lotte")
    assert client.post(f"/leden/meldingen/answer/{given.pk}/verbergen/").status_code == 404
    logged_in(user("lotte"))
    assert "Een naam" in client.get("/leden/meldingen/").content.decode()
    assert client.post(f"/leden/meldingen/answer/{given.pk}/verbergen/").status_code == 302
    assert "Kwikstaart" not in client.get(question.get_absolute_url()).content.decode()
    assert search(text="kwikstaart", visitor=visitor(user("fatima"))).total == 0
    assert not any("meldde" in text for text in told("lotte"))
    assert not any("antwoordde op “Wie kent" in text for text in told("lid"))
    assert "Kwikstaart" in client.get("/leden/meldingen/").content.decode()
    assert client.post(f"/leden/meldingen/answer/{given.pk}/terugzetten/").status_code == 302
    assert "Kwikstaart" in client.get(question.get_absolute_url()).content.decode()
    assert client.get("/leden/meldingen/onbekend/1/").status_code == 404
    with pytest.raises(NotYoursToHide):
        hide_post(post=given, actor=user("pieter"), visitor=visitor(user("pieter")), now=NOW)
    hide_post(post=question, actor=user("lid"), visitor=visitor(user("lid")), now=NOW)
    assert client.get(question.get_absolute_url()).status_code == 404
    client.force_login(user("pieter"))
    assert client.post(f"/leden/meldingen/question/{question.pk}/terugzetten/").status_code == 404
    with pytest.raises(NotYoursToHide):
        show_post(post=question, actor=user("pieter"), visitor=visitor(user("pieter")), now=NOW)
    with pytest.raises(NotForYou):
        accept_answer(answer=hidden(answer(ask(), "lotte")), visitor=visitor(user("lid")), now=NOW)


def hidden(post):
    post.hidden_at = NOW
    post.save()
    return post


def test_what_looks_like_it_is_shown_above_the_form_that_was_sent(client, user):
    client.force_login(user("daan"))
    sent = {"title": "Wie heeft een afspraak over geluid?", "text": "Met de corporatie.", "seen_by": "network"}
    text = client.post("/leden/vragen/stellen/", sent).content.decode()
    assert text.index("Lijkt dit erop?") < text.index("Je vraag in één zin")
    assert "Mijn vraag is anders: stel hem" in text
    assert client.post("/leden/vragen/stellen/", {**sent, "ask": "1"}).status_code == 302


def test_after_five_working_days_those_who_know_the_theme_are_asked_once(ask, answer, user, told, group):
    theme = Theme.objects.get(slug="geld", locale__language_code="nl")
    for name in ("daan", "lid", "pieter"):
        choose_expertise(user=user(name), themes=[theme])
    waiting = ask("lid", title="Wie kent een kredietbank?", themes=[theme], now=working_days_before(NOW, 5))
    ask("lid", title="Nog te vers", themes=[theme], now=working_days_before(NOW, 4))
    ask(
        "lid",
        title="Alleen voor de groep",
        audience="working_group",
        group=group,
        themes=[theme],
        now=NOW - timedelta(days=9),
    )
    answer(ask("lid", title="Al beantwoord", themes=[theme], now=NOW - timedelta(days=9)), "lotte")
    before = set(told("daan"))
    ask_experts_at(now=NOW)
    assert set(told("daan")) - before == {"Kun jij helpen? Op “Wie kent een kredietbank?” kwam nog geen antwoord"}
    assert not any("kredietbank" in text for text in told("lid"))
    ask_experts_at(now=NOW)
    assert len([row for row in mail.outbox if row.to == ["daan@example.nl"] and "kredietbank" in row.subject]) == 1
    waiting.refresh_from_db()
    assert waiting.experts_asked_at == NOW
    choose_expertise(user=user("daan"), themes=[])
    assert not ThemeExpert.objects.filter(user=user("daan")).exists()


@pytest.mark.parametrize(
    ("moment", "days", "expected"),
    [("2026-11-20", 5, "2026-11-13"), ("2026-11-23", 1, "2026-11-20"), ("2026-11-22", 5, "2026-11-16")],
)
def test_working_days_leave_out_the_weekend(moment, days, expected):
    from datetime import datetime

    assert working_days_before(datetime.fromisoformat(moment), days) == datetime.fromisoformat(expected)


def test_the_steering_group_tells_everyone_and_nobody_else_does(client, user, visitor, logged_in):
    until = timezone.localdate() + timedelta(days=10)
    logged_in(user("stuurgroep"))
    form = {"title": "Nieuw tarief", "text": "Vanaf januari.", "until_date": until, "seen_by": "network"}
    assert (
        "binnen een jaar"
        in client.post("/leden/stuurgroep/nieuw/", {**form, "until_date": "2020-01-01"}).content.decode()
    )
    assert client.post("/leden/stuurgroep/nieuw/", form).status_code == 302
    client.force_login(user("daan"))
    assert "Nieuw tarief" in client.get("/leden/").content.decode()
    assert "Vanaf januari." in client.get("/leden/stuurgroep/nieuw-tarief/").content.decode()
    assert "Nieuw tarief" in client.get("/leden/stuurgroep/").content.decode()
    Announcement.objects.update(until_date=timezone.localdate() - timedelta(days=1))
    assert "Nieuw tarief" not in client.get("/leden/").content.decode()
    content = {"title": "x", "text": "x", "until_date": until, "audience": "network", "working_group": None}
    with pytest.raises(NotForYou):
        announce(author=user("lid"), visitor=visitor(user("lid")), content=content, now=NOW)


def test_the_list_narrows_by_theme_state_and_words(client, user, ask, answer):
    theme = Theme.objects.get(slug="geld", locale__language_code="nl")
    ask(title="Wie kent een kredietbank?", themes=[theme])
    answer(ask(title="Wie weet iets van tuinieren?"))
    client.force_login(user("daan"))
    found = lambda query: client.get(f"/leden/vragen/{query}").content.decode()  # noqa: E731
    assert ("kredietbank" in found("?thema=geld"), "tuinieren" in found("?thema=geld")) == (True, False)
    assert ("kredietbank" in found("?stand=open"), "tuinieren" in found("?stand=open")) == (True, False)
    assert ("kredietbank?</a>" in found("?q=kraan"), "geluid?</a>" in found("?q=kraan")) == (True, False)
    assert "Geen vragen gevonden" in found("?q=de")


def test_whoever_is_erased_leaves_the_answer_and_takes_the_name(client, ask, answer, user):
    from thuisbasis.accounts.privacy import erase_person

    question = ask("lid")
    answer(question, "daan")
    choose_expertise(user=user("daan"), themes=Theme.objects.all()[:1])
    erase_person(user=user("daan"), now=NOW)
    client.force_login(user("lid"))
    page = client.get(question.get_absolute_url()).content.decode()
    assert "Bel de huismeester." in page
    assert "Daan" not in page
    assert not ThemeExpert.objects.filter(user__email__startswith="weg-").exists()
