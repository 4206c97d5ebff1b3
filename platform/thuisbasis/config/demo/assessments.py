"""Rounds of self-assessment in the demo: three that are finished, one in which people are busy, and a conversation."""

import hashlib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.formats import date_format

from members.assessments.models import (
    Answer,
    Assessment,
    AssessmentRound,
    BuddyOffer,
    Consensus,
    ImprovementAction,
    InstrumentVersion,
    ItemTheme,
    RaterResponse,
)
from members.assessments.policies import State
from members.assessments.questionnaires import UNKNOWN, Item
from members.assessments.services import ask_reviewer, close_round, make_final, publish_version
from members.assessments.services.importing import keep_instrument
from thuisbasis.accounts.models import User
from thuisbasis.mail.models import OutgoingMail
from thuisbasis.network.models import Practice, Theme
from thuisbasis.network.policies import Visitor
from thuisbasis.notices.models import Notice

DATA = Path(__file__).parent / "data"
PUBLISHER = Visitor(is_administrator=True)


def chance(*parts: Any) -> float:
    """Return a number from 0 to 1 that is always the same for the same parts."""
    digest = hashlib.sha256("|".join(str(part) for part in parts).encode()).digest()
    return int.from_bytes(digest[:4]) / 2**32


class DemoAssessments:
    """Loads instruments through their own door, and fills forms as people might have."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)
        self.data = yaml.safe_load((DATA / "assessments.yaml").read_text(encoding="utf-8"))
        self.practices = {row.name: row for row in Practice.objects.select_related("care_provider")}
        self.people = {row.email: row for row in User.objects.all()}

    def load(self) -> None:
        """Load everything, once."""
        if AssessmentRound.objects.exists():
            return
        mirror, reflection = (self._instrument(name) for name in ("instrument.yaml", "voorzorg.yaml"))
        for slug, codes in self.data["themes"].items():
            theme = Theme.objects.get(slug=slug, locale__language_code="nl")
            ItemTheme.objects.bulk_create(ItemTheme(code=code, theme=theme) for code in codes)
        for row in self.data["rounds"]:
            self._finished(mirror, self.today - relativedelta(months=row["months"]), row["growth"])
        self._busy(mirror)
        self._conversation(reflection)
        self._what_came_of_it(mirror)
        # What happened long ago is no reason to mail anybody today.
        Notice.objects.update(mailed_at=self.now)
        OutgoingMail.objects.all().delete()

    def _instrument(self, name: str) -> InstrumentVersion:
        version = keep_instrument(data=yaml.safe_load((DATA / name).read_text(encoding="utf-8")))
        return publish_version(version=version, visitor=PUBLISHER, now=self.now)

    def _round(self, version: InstrumentVersion, opens: date, *, days: int) -> AssessmentRound:
        return AssessmentRound.objects.create(
            version=version,
            title=f"{version.short_title}, {date_format(opens, 'F Y')}",
            opens_date=opens,
            closes_date=opens + timedelta(days=days),
            peer_question="Q1" if version.is_scored else "",
        )

    def _assessment(self, current: AssessmentRound, row: dict[str, Any]) -> Assessment:
        profile = {
            "Q1": ["geclusterd", "verspreid"] if row["clustered"] else ["verspreid"],
            "Q2": "aanbieder" if chance(row["name"], "Q2") < 0.5 else "verhuurder",
            "Q3": 15 + int(40 * chance(row["name"], "Q3")),
        }
        return Assessment.objects.create(
            round=current,
            practice=self.practices[row["name"]],
            profile=profile if current.version.is_scored else {},
            started_by=self.people[row["raters"][-1]],
            started_at=self._moment(current.opens_date),
        )

    def _moment(self, day: date) -> datetime:
        return timezone.make_aware(datetime(day.year, day.month, day.day, 10))  # noqa: DTZ001 (made aware at once)

    def _forms(self, assessment: Assessment, row: dict[str, Any], growth: float) -> list[RaterResponse]:
        """Hand in a form of each rater, and of two more on paper."""
        moment = assessment.started_at + timedelta(days=6)
        typed = [(self.people[email], False) for email in row["raters"]]
        on_paper = [(self.people[row["raters"][-1]], True)] * 2
        roles = [code for code, _label in assessment.version.questionnaire.roles]
        forms = RaterResponse.objects.bulk_create(
            RaterResponse(
                assessment=assessment,
                user=user,
                is_on_paper=is_on_paper,
                role=roles[number % len(roles)] if roles else "",
                asked_at=assessment.started_at,
                submitted_at=moment,
            )
            for number, (user, is_on_paper) in enumerate(typed + on_paper)
        )
        items = assessment.version.questionnaire.asked(assessment.profile)
        Answer.objects.bulk_create(
            Answer(
                response=form,
                item_code=item.code,
                choice=self._choice(item, row, growth, number),
                saved_at=moment,
            )
            for number, form in enumerate(forms)
            for item in items
        )
        return forms

    def _choice(self, item: Item, row: dict[str, Any], growth: float, rater: int) -> str:
        """Return what somebody answers: near what the practice is like, each a little different."""
        if rater >= 0 and item.range and chance(row["name"], item.code, rater, growth) < 0.03:
            return UNKNOWN
        level = row["level"] + growth + 1.8 * (chance(row["name"], item.code) - 0.5)
        level += 0.9 * (chance(row["name"], item.code, rater) - 0.5)
        return item.options[max(0, min(3, round(level) - 1))].code

    def _agree(self, assessment: Assessment, row: dict[str, Any], growth: float) -> None:
        notes = self.data["notes"]
        Consensus.objects.bulk_create(
            Consensus(
                assessment=assessment,
                item_code=item.code,
                choice=self._choice(item, row, growth, -1),
                note=notes[number // 7 % len(notes)] if number % 7 == 3 else "",
                saved_by=assessment.started_by,
                saved_at=assessment.started_at + timedelta(days=20),
            )
            for number, item in enumerate(assessment.version.questionnaire.asked(assessment.profile))
        )

    def _finish(self, assessment: Assessment, row: dict[str, Any], growth: float) -> None:
        self._forms(assessment, row, growth)
        self._agree(assessment, row, growth)
        assessment.state = State.CONSENSUS
        assessment.save(update_fields=["state"])
        leader = self._leader(assessment)
        moment = assessment.started_at + timedelta(days=24)
        make_final(assessment=assessment, shares=True, actor=assessment.started_by, visitor=leader, now=moment)

    def _leader(self, assessment: Assessment) -> Visitor:
        here = frozenset({assessment.practice_id})
        return Visitor(
            user_id=assessment.started_by_id, practice_ids=here, network_practice_ids=here, coordinated_ids=here
        )

    def _finished(self, version: InstrumentVersion, opens: date, growth: float) -> None:
        current = self._round(version, opens, days=45)
        for row in self.data["practices"]:
            self._finish(self._assessment(current, row), row, growth)
        close_round(assessment_round=current, now=self._moment(current.closes_date + timedelta(days=1)))

    def _busy(self, version: InstrumentVersion) -> None:
        """Leave a round open: one practice fills in, one talks, one waits for somebody from elsewhere, one is done."""
        current = self._round(version, self.today - timedelta(days=20), days=60)
        rows = {row["name"]: row for row in self.data["practices"]}
        filling, talking, reviewed, done = (
            rows[name] for name in ("Thuis aan de IJssel", "Thuis in Twente", "Stadshaard", "Rijnoever Eerst Thuis")
        )
        forms = self._forms(self._assessment(current, filling), filling, 0.5)
        half = [item.code for item in version.questionnaire.items[:19]]
        Answer.objects.filter(response=forms[0]).exclude(item_code__in=half).delete()
        Answer.objects.filter(response=forms[3]).delete()
        RaterResponse.objects.filter(pk__in=[forms[0].pk, forms[3].pk]).update(submitted_at=None)
        for row in (talking, reviewed):
            assessment = self._assessment(current, row)
            self._forms(assessment, row, 0.5)
            assessment.state = State.CONSENSUS
            assessment.save(update_fields=["state"])
            if row is reviewed:
                self._agree(assessment, row, 0.5)
                ask_reviewer(
                    assessment=assessment,
                    reviewer=self.people["coordinator@example.nl"],
                    actor=assessment.started_by,
                    visitor=self._leader(assessment),
                    now=self.now,
                )
        self._finish(self._assessment(current, done), done, 0.5)

    def _conversation(self, version: InstrumentVersion) -> None:
        """Leave a round of conversations open, with one that is done."""
        current = self._round(version, self.today - timedelta(days=40), days=120)
        row = next(row for row in self.data["practices"] if row["name"] == "Thuis in Twente")
        self._finish(self._assessment(current, row), row, 0.0)

    def _what_came_of_it(self, version: InstrumentVersion) -> None:
        rows = Assessment.objects.filter(practice=self.practices["Thuis aan de IJssel"], state=State.FINAL)
        ijssel = rows.latest("round__opens_date")
        for row in self.data["actions"]:
            is_done = row["state"] == "done"
            ImprovementAction.objects.create(
                assessment=ijssel,
                item_codes=row["items"],
                owner=self.people[row["owner"]],
                due_date=self.today + timedelta(days=row["days"]),
                created_at=self.now - timedelta(days=80),
                closed_at=self.now - timedelta(days=33) if is_done else None,
                **{name: row[name] for name in ("title", "state", "plan", "do", "check_text", "act") if name in row},
            )
        leaders = {row["name"]: self.people[row["raters"][-1]] for row in self.data["practices"]}
        BuddyOffer.objects.bulk_create(
            BuddyOffer(
                practice=self.practices[name],
                instrument=version.instrument,
                item_code=code,
                offered_by=leaders[name],
                offered_at=self.now,
            )
            for name, codes in self.data["offers"].items()
            for code in codes
        )
