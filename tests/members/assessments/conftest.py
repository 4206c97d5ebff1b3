"""A practice that assesses itself, with colleagues, in a round of its own."""

from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from django.utils import timezone

from members.assessments.models import Assessment, AssessmentRound, Consensus, InstrumentVersion, RaterResponse, Report
from members.assessments.policies import State
from members.assessments.services import (
    Entry,
    agree,
    begin_conversation,
    join_assessment,
    make_final,
    publish_version,
    save_answer,
    start_assessment,
    submit_response,
    team_report,
)
from members.assessments.services.importing import keep_instrument
from thuisbasis.accounts.models import User
from thuisbasis.network.models import CareProvider, Membership, Practice, Role
from thuisbasis.network.policies import Visitor
from thuisbasis.network.services import visitor_for

DATA = Path(__file__).resolve().parents[3] / "platform/thuisbasis/config/demo/data"
PROFILE = {"Q1": ["verspreid"], "Q2": "verhuurder", "Q3": 20}
ADMINISTRATOR = Visitor(is_administrator=True)


@pytest.fixture
def mirror_file():
    return (DATA / "instrument.yaml").read_text(encoding="utf-8")


@pytest.fixture
def reflection_file():
    return (DATA / "voorzorg.yaml").read_text(encoding="utf-8")


@pytest.fixture
def administrator():
    return ADMINISTRATOR


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def user(db):
    return lambda name: User.objects.get(email=f"{name}@example.nl")


@pytest.fixture
def visitor(user):
    return lambda name: visitor_for(user=user(name), today=timezone.localdate())


@pytest.fixture
def mirror(db):
    return InstrumentVersion.objects.get(instrument__code="hf-demo")


@pytest.fixture
def small(db, mirror_file):
    """Publish an instrument with two domains of three items each; `change` may alter its data first."""

    def make(code="klein", change=None):
        known = InstrumentVersion.objects.filter(instrument__code=code).first()
        if known is not None:
            return known
        data = yaml.safe_load(mirror_file)
        data["instrument"]["code"] = code
        data["domains"] = [{**domain, "items": domain["items"][:3]} for domain in data["domains"][:2]]
        data["domains"][0]["items"][0]["na_allowed"] = True
        if change:
            change(data)
        draft = keep_instrument(data=data)
        return publish_version(version=draft, visitor=ADMINISTRATOR, now=timezone.now())

    return make


@pytest.fixture
def make_round(small):
    """Open a round that began ten days ago and lasts another forty."""

    def make(version=None, *, began=10, lasts=50, **fields):
        opens = timezone.localdate() - timedelta(days=began)
        return AssessmentRound.objects.create(
            title=f"Ronde {AssessmentRound.objects.count()}",
            version=version or small(),
            opens_date=opens,
            closes_date=opens + timedelta(days=lasts),
            **fields,
        )

    return make


@pytest.fixture
def begin(make_round, user, visitor, now):
    """Begin an assessment of Thuis aan de IJssel, by its coordinator Joris."""

    def do(current=None, *, who="coordinator", profile=PROFILE):
        practice = Practice.objects.get(memberships__user=user(who), memberships__role=Role.COORDINATOR)
        return start_assessment(
            assessment_round=current or make_round(),
            practice=practice,
            profile=dict(profile),
            actor=user(who),
            visitor=visitor(who),
            now=now,
        )

    return do


@pytest.fixture
def fill(user, visitor, now):
    """Fill in and hand in a form; `choices` are one for every item, or by code."""

    def do(assessment, who, choices, *, hand_in=True, on_paper=False):
        form = join_assessment(
            assessment=assessment, actor=user(who), visitor=visitor(who), is_on_paper=on_paper, now=now
        )
        for item in assessment.version.questionnaire.asked(assessment.profile):
            choice = choices if isinstance(choices, str) else choices.get(item.code, "")
            if choice:
                entry = Entry(item_code=item.code, choice=choice, reason="Dat speelt bij ons niet.")
                save_answer(response=form, entry=entry, actor=user(who), visitor=visitor(who), now=now)
        if hand_in:
            submit_response(response=form, actor=user(who), visitor=visitor(who), now=now)
        return RaterResponse.objects.get(pk=form.pk)

    return do


@pytest.fixture
def talk(fill, user, visitor, now):
    """Let three colleagues hand in, and begin the conversation."""

    def do(assessment, *choices):
        for who, choice in zip(("lid", "fatima", "pieter"), choices or ("3", "3", "3"), strict=True):
            fill(assessment, who, choice)
        return begin_conversation(
            assessment=assessment, is_sure=False, actor=user("coordinator"), visitor=visitor("coordinator"), now=now
        )

    return do


@pytest.fixture
def agreed(user, visitor, now):
    """Agree on items; `choices` are one for every item, or by code."""

    def do(assessment, choices, *, note="Zo kwamen we eruit.", who="coordinator"):
        for item in assessment.version.questionnaire.asked(assessment.profile):
            choice = choices if isinstance(choices, str) else choices.get(item.code, "")
            known = Consensus.objects.filter(assessment=assessment, item_code=item.code).first()
            entry = Entry(
                item_code=item.code,
                choice=choice,
                note=note,
                reason="Dat speelt bij ons niet.",
                row_version=known.row_version if known else 0,
            )
            agree(assessment=assessment, entry=entry, actor=user(who), visitor=visitor(who), now=now)

    return do


@pytest.fixture
def finish(talk, agreed, user, visitor, now):
    """Lead an assessment to its report."""

    def do(assessment, choices="3", *, shares=True):
        if assessment.state == State.OPEN:
            assessment = talk(assessment, *[choices if isinstance(choices, str) else "3"] * 3)
        agreed(assessment, choices)
        return make_final(
            assessment=assessment, shares=shares, actor=user("coordinator"), visitor=visitor("coordinator"), now=now
        )

    return do


@pytest.fixture
def peers(now):
    """Let other practices finish in a round, each with one value everywhere: `{"provider": [3, 2]}`."""

    def do(current, values, *, shares=True, profile=PROFILE):
        reports = []
        for provider, choices in values.items():
            owner, _is_new = CareProvider.objects.get_or_create(name=f"Aanbieder {provider}")
            for number, choice in enumerate(choices):
                reports.append(
                    _finished(current, owner, f"Praktijk {provider}{number} {current.pk}", choice, shares, profile, now)
                )
        return reports

    return do


def _finished(current, owner, name, choice, shares, profile, now):
    practice = Practice.objects.create(name=name, care_provider=owner, live=True)
    leader = User.objects.create_user(f"{practice.slug}@example.nl", "x")
    Membership.objects.create(user=leader, practice=practice, role=Role.COORDINATOR, start_date="2020-01-01")
    visitor = visitor_for(user=leader, today=timezone.localdate(now))
    assessment = start_assessment(
        assessment_round=current, practice=practice, profile=profile, actor=leader, visitor=visitor, now=now
    )
    for _number in range(3):
        RaterResponse.objects.create(
            assessment=assessment, user=leader, is_on_paper=True, asked_at=now, submitted_at=now
        )
    begin_conversation(assessment=assessment, is_sure=False, actor=leader, visitor=visitor, now=now)
    for item in assessment.version.questionnaire.asked(profile):
        Consensus.objects.create(
            assessment=assessment, item_code=item.code, choice=str(choice), saved_by=leader, saved_at=now
        )
    return make_final(assessment=assessment, shares=shares, actor=leader, visitor=visitor, now=now)


@pytest.fixture
def as_(logged_in, user):
    return lambda name: logged_in(user(name))


@pytest.fixture
def by(user, visitor, now):
    return lambda name: {"actor": user(name), "visitor": visitor(name), "now": now}


@pytest.fixture
def lead(by):
    return by("coordinator")


@pytest.fixture
def finished():
    """Return the newest finished assessment of Thuis aan de IJssel in the demo, with a benchmark."""
    rows = Assessment.objects.with_everything().filter(practice__name="Thuis aan de IJssel", state=State.FINAL)
    return rows.latest("round__opens_date")


@pytest.fixture
def report(finished):
    found = Report.objects.get(assessment=finished)
    found.assessment = finished
    return team_report(report=found)


@pytest.fixture
def member(logged_in, user):
    return logged_in(user("lid"))
