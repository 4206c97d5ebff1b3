"""What each use case of the exchange writes down, whom it tells, and where its borders are."""

from datetime import UTC, datetime, timedelta

import pytest

from members.exchange.models import Announcement, Answer, Question, Report, ThemeExpert
from members.exchange.services import (
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
from members.exchange.services.proposing import from_answer
from thuisbasis.accounts.models import AuditAction
from thuisbasis.network.models import Membership, Practice, Role, Theme, WorkingGroupMembership
from thuisbasis.network.refusals import NotForYou
from thuisbasis.notices.models import Notice
from thuisbasis.search.models import SearchEntry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)


def told(kind, source):
    """Return the mail names of whoever was told of this, in alphabetical order."""
    rows = Notice.objects.filter(kind=kind, source_pk=source.pk).select_related("user")
    return sorted(row.user.email.split("@")[0] for row in rows)


@pytest.fixture
def themes():
    return list(Theme.objects.filter(locale__language_code="nl", slug__in=["buren", "wonen"]).order_by("slug"))


@pytest.fixture
def ask(user, visitor, practice, themes):
    def do(
        name="lid", *, title="Hoe hang je een schilderij op?", audience="network", group=None, overridden=(), **more
    ):
        person = user(name)
        content = {"title": title, "text": "Zonder boren.", "audience": audience, "working_group": group}
        return ask_question(
            author=person,
            visitor=visitor(person),
            practice=practice,
            content={**content, "themes": themes, **more},
            overridden=overridden,
            now=NOW,
        )

    return do


@pytest.fixture
def answer(user, visitor):
    def do(question, name="daan", overridden=()):
        person = user(name)
        return answer_question(
            question=question, author=person, visitor=visitor(person), text="Lijm.", overridden=overridden, now=NOW
        )

    return do


@pytest.fixture
def in_group(user, group):
    """Put somebody in the working group."""
    return lambda name: WorkingGroupMembership.objects.create(user=user(name), group=group, start_date="2020-01-01")


def test_a_question_is_kept_as_it_was_asked(ask, user, practice, themes, audit_log):
    question = Question.objects.get(pk=ask(overridden=["phone", "bsn", "phone"]).pk)
    kept = {name: getattr(question, name) for name in ("title", "text", "audience", "created_at", "working_group")}
    assert kept == {
        "title": "Hoe hang je een schilderij op?",
        "text": "Zonder boren.",
        "audience": "network",
        "created_at": NOW,
        "working_group": None,
    }
    assert (question.author, question.practice, question.slug) == (
        user("lid"),
        practice,
        "hoe-hang-je-een-schilderij-op",
    )
    assert list(question.themes.order_by("slug")) == themes
    assert ask().slug == "hoe-hang-je-een-schilderij-op-2"
    detail = f"bsn, phone {question.get_absolute_url()}"
    assert audit_log(AuditAction.PRIVACY_OVERRIDDEN) == [(NOW, user("lid").pk, None, None, detail)]
    assert SearchEntry.objects.filter(kind="question", source_pk=question.pk, audience="network").count() == 1


def test_a_question_to_a_group_is_the_groups_and_one_to_the_network_is_nobodys(ask, group, in_group):
    in_group("lid")
    assert ask(audience="working_group", group=group).working_group == group
    assert ask(audience="network", group=group).working_group is None


def test_nobody_asks_in_the_name_of_another_practice_or_for_a_narrower_circle(ask, user, visitor, practice, themes):
    for audience in ("own_practice", "steering_group", "public"):
        with pytest.raises(NotForYou):
            ask(audience=audience)
    with pytest.raises(NotForYou):
        ask("daan")
    with pytest.raises(NotForYou):
        ask("redactie")


def test_an_answer_tells_who_asked_and_who_answered_before_but_not_its_writer(ask, answer, audit_log, user):
    question = ask()
    first = answer(question, "daan")
    assert (first.text, first.created_at, first.author, first.question) == ("Lijm.", NOW, user("daan"), question)
    assert told("answer", first) == ["lid"]
    assert told("answer", answer(question, "lotte")) == ["daan", "lid"]
    own = answer(question, "lid", overridden=["address"])
    assert told("answer", own) == ["daan", "lotte"]
    detail = f"address {own.get_absolute_url()}"
    assert audit_log(AuditAction.PRIVACY_OVERRIDDEN) == [(NOW, user("lid").pk, None, None, detail)]


def test_a_hidden_answer_tells_its_writer_nothing_more(ask, answer):
    question = ask()
    hidden = answer(question, "daan")
    Answer.objects.filter(pk=hidden.pk).update(hidden_at=NOW)
    assert told("answer", answer(question, "lotte")) == ["lid"]


def test_what_helped_is_told_once_and_can_be_taken_back(ask, answer, visitor, user):
    question = ask()
    first, own = answer(question, "daan"), answer(question, "lid")
    accept_answer(answer=first, visitor=visitor(user("lid")), now=NOW)
    assert Question.objects.get(pk=question.pk).accepted_answer == first
    assert told("accepted", first) == ["daan"]
    accept_answer(answer=first, visitor=visitor(user("lid")), now=NOW)
    assert Question.objects.get(pk=question.pk).accepted_answer is None
    accept_answer(answer=own, visitor=visitor(user("lid")), now=NOW)
    assert told("accepted", own) == []
    Answer.objects.filter(pk=first.pk).update(hidden_at=NOW)
    with pytest.raises(NotForYou):
        accept_answer(answer=Answer.objects.get(pk=first.pk), visitor=visitor(user("lid")), now=NOW)
    with pytest.raises(NotForYou):
        accept_answer(answer=own, visitor=visitor(user("daan")), now=NOW)


def test_asked_before_looks_at_the_longest_words_and_puts_questions_first(ask, user, visitor):
    question = ask(title="Waar vind je een huismeester die een schilderij ophangt")
    looks = visitor(user("daan"))
    assert similar_to(text="schilderij", visitor=looks)[0].entry.source_pk == question.pk
    assert similar_to(text="wie een die", visitor=looks) == []
    assert len(similar_to(text="buren huis wonen sleutel bewoner begeleider", visitor=looks)) == 5
    many = [ask(title=f"Gordijnrail nummer {number}").pk for number in range(7)]
    found = similar_to(text="gordijnrail", visitor=looks)
    assert len(found) == 5
    assert {hit.entry.source_pk for hit in found} < set(many)
    closest = ask(title="Gordijnrail met hijskraan")
    assert similar_to(text="gordijnrail hijskraan", visitor=looks)[0].entry.source_pk == closest.pk


def test_a_list_of_questions_is_newest_first_and_counts_answers_that_are_shown(ask, answer, user, visitor):
    question = ask()
    answer(question, "daan")
    hidden = answer(question, "lotte")
    Answer.objects.filter(pk=hidden.pk).update(hidden_at=NOW)
    rows = list(Question.objects.visible_to(visitor(user("lid"))).for_list())
    assert [row.created_at for row in rows] == sorted((row.created_at for row in rows), reverse=True)
    assert next(row for row in rows if row.pk == question.pk).answer_count == 1
    assert question not in Question.objects.unanswered()
    Answer.objects.filter(question=question).update(hidden_at=NOW)
    assert question in Question.objects.unanswered()
    later = NOW + timedelta(hours=1)
    assert list(Question.objects.between(NOW - timedelta(seconds=1), NOW)) == [question]
    assert list(Question.objects.between(NOW, later)) == []


def test_an_announcement_is_kept_as_it_was_written(user, visitor, group, audit_log):
    writer = user("stuurgroep")
    content = {"title": "Netwerkdag", "text": "Kom ook.", "until_date": NOW.date(), "working_group": group}

    def tell(audience):
        return announce(author=writer, visitor=visitor(writer), content={**content, "audience": audience}, now=NOW)

    row = Announcement.objects.get(pk=tell("working_group").pk)
    kept = (row.author, row.title, row.slug, row.text, row.until_date, row.audience, row.working_group, row.created_at)
    assert kept == (writer, "Netwerkdag", "netwerkdag", "Kom ook.", NOW.date(), "working_group", group, NOW)
    assert tell("network").working_group is None
    assert Announcement.objects.filter(slug="netwerkdag-2", audience="network").exists()
    assert SearchEntry.objects.filter(kind="announcement", source_pk=row.pk, audience="working_group").exists()
    for audience in ("public", "own_practice", "steering_group"):
        with pytest.raises(NotForYou):
            tell(audience)
    assert row in Announcement.objects.current(NOW.date())
    assert row not in Announcement.objects.current(NOW.date() + timedelta(days=1))


def test_a_report_tells_the_coordinators_once_and_never_its_writer(ask, user, audit_log, second_coordinator):
    question = ask()
    report_post(post=question, reporter=user("fatima"), reason="Er staat een naam in.", now=NOW)
    report = Report.objects.get()
    assert (report.reason, report.created_at, report.reporter) == ("Er staat een naam in.", NOW, user("fatima"))
    assert told("report", report) == ["coordinator"]
    Notice.objects.filter(kind="report").delete()
    report_post(post=question, reporter=user("fatima"), reason="Nog eens.", now=NOW)
    assert Report.objects.get().reason == "Er staat een naam in."
    assert told("report", report) == []
    reported = (NOW, user("fatima").pk, user("lid").pk, None, f"question {question.pk}")
    assert audit_log(AuditAction.POST_REPORTED) == [reported]


def test_hiding_settles_the_reports_of_this_text_alone_and_is_written_down(ask, user, visitor, audit_log):
    first, second = ask(), ask()
    for question in (first, second):
        report_post(post=question, reporter=user("daan"), reason="", now=NOW)
    Report.objects.create(
        content_type=Report.objects.first().content_type,
        source_pk=first.pk,
        reporter=user("lotte"),
        created_at=NOW,
        handled_at=NOW - timedelta(days=9),
    )
    later = NOW + timedelta(hours=2)
    actor = user("coordinator")
    hide_post(post=first, actor=actor, visitor=visitor(actor), now=later)
    assert Question.objects.get(pk=first.pk).hidden_at == later
    handled = dict(Report.objects.values_list("reporter__email", "handled_at").filter(source_pk=first.pk))
    assert handled == {"daan@example.nl": later, "lotte@example.nl": NOW - timedelta(days=9)}
    assert Report.objects.get(source_pk=second.pk).handled_at is None
    show_post(post=first, actor=actor, visitor=visitor(actor), now=later)
    assert Question.objects.get(pk=first.pk).hidden_at is None
    line = (later, actor.pk, user("lid").pk, None, f"question {first.pk}")
    assert audit_log(AuditAction.POST_HIDDEN) == [line]
    assert audit_log(AuditAction.POST_SHOWN) == [line]
    assert SearchEntry.objects.filter(kind="question", source_pk=first.pk).exists()


def test_who_knows_the_theme_is_asked_after_five_working_days_once_and_only_about_what_he_may_see(
    ask, answer, user, themes, in_group, group
):
    in_group("lid")
    in_group("ilse")
    for name in ("daan", "ilse", "lid"):
        choose_expertise(user=user(name), themes=themes)
    open_question, to_group = ask(), ask(audience="working_group", group=group)
    answered = ask()
    answer(answered)
    Question.objects.exclude(pk__in=[open_question.pk, to_group.pk, answered.pk]).update(experts_asked_at=NOW)
    monday_after = NOW + timedelta(days=7)
    assert ask_experts_at(now=monday_after - timedelta(seconds=1)) == 0
    assert ask_experts_at(now=monday_after) == 2
    assert told("expert", open_question) == ["daan", "ilse"]
    assert told("expert", to_group) == ["ilse"]
    assert told("expert", answered) == []
    assert ask_experts_at(now=monday_after) == 0
    assert Question.objects.get(pk=open_question.pk).experts_asked_at == monday_after
    assert Question.objects.get(pk=answered.pk).experts_asked_at is None


def test_a_choice_of_themes_replaces_the_one_before(user, themes):
    choose_expertise(user=user("daan"), themes=themes)
    choose_expertise(user=user("ilse"), themes=themes[:1])
    choose_expertise(user=user("daan"), themes=themes[1:])
    kept = ThemeExpert.objects.filter(theme__in=themes).values_list("user__email", "theme__slug")
    assert ("daan@example.nl", themes[1].slug) in kept
    assert ("daan@example.nl", themes[0].slug) not in kept
    assert ("ilse@example.nl", themes[0].slug) in kept


def test_an_answer_begins_a_proposal_for_who_may_see_it(ask, answer, user, visitor, themes):
    first, second = answer(ask(), "daan"), answer(ask(title="Wie kent een kok?"), "lotte")
    looks = visitor(user("ilse"))
    begun = from_answer(str(second.pk), looks)
    assert begun == {
        "title": "Wie kent een kok?",
        "text": "Lijm.",
        "themes": [theme.pk for theme in second.question.themes.all()],
    }
    assert from_answer(str(first.pk), looks)["title"] == "Hoe hang je een schilderij op?"
    for nonsense in ("", "x", "9" * 12, "9" * 40, "²"):
        assert from_answer(nonsense, looks) == {}
    assert from_answer(str(first.pk), visitor(user("bruxelles"))) == {}


def test_a_steering_group_member_without_a_practice_asks_nothing(user, visitor, practice, themes):
    person = user("stuurgroep")
    Membership.objects.filter(user=person).delete()
    other = Practice.objects.exclude(pk=practice.pk).filter(in_network=False).first()
    Membership.objects.create(user=person, practice=other, role=Role.MEMBER, start_date="2020-01-01")
    content = {"title": "x", "text": "x", "audience": "network", "working_group": None, "themes": themes}
    with pytest.raises(NotForYou):
        ask_question(author=person, visitor=visitor(person), practice=other, content=content, overridden=[], now=NOW)
