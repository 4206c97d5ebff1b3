"""The end of a round: what practices are compared with is computed once, and stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from members.assessments.comparing import POLICY, Benchmark, Peer, compare, may_narrow
from members.assessments.models import Assessment, AssessmentRound, RaterResponse, Report, SharingConsent
from members.assessments.models import Benchmark as BenchmarkRow
from members.assessments.policies import FINISHED
from members.assessments.questionnaires import Questionnaire
from members.assessments.scoring import item_score
from members.assessments.services.finishing import checksum_of, fraction, written
from thuisbasis.notices.services import notify

EVERYONE = "network"
ALIKE = "alike"
# Raters are reminded this many days before the last day of a round.
REMIND_BEFORE = (7, 1)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one practice brings to the benchmark of a round: values by code of section or item, "" for the whole."""

    practice: int
    provider: int
    kind: str
    values: dict[str, Fraction]


def close_round(*, assessment_round: AssessmentRound, now: datetime) -> bool:
    """Close a round and freeze its benchmarks; say whether it was still open."""
    with transaction.atomic():
        assessment_round = AssessmentRound.objects.select_for_update().get(pk=assessment_round.pk)
        if assessment_round.closed_at is not None:
            return False
        assessment_round.closed_at = now
        assessment_round.save(update_fields=["closed_at"])
        _freeze(assessment_round, now)
    return True


def _freeze(assessment_round: AssessmentRound, now: datetime) -> None:
    questionnaire = assessment_round.version.questionnaire
    if not questionnaire.is_scored:
        return
    assessments = list(Assessment.objects.filter(round=assessment_round).select_related("practice"))
    outcomes = list(_outcomes(assessment_round, questionnaire))
    kinds = {row.practice_id: kind_of(row.profile, assessment_round.peer_question) for row in assessments}
    practices = {row.practice_id for row in assessments}
    rows = [_row(assessment_round, None, EVERYONE, outcomes, now)]
    rows += [_row(assessment_round, key, EVERYONE, outcomes, now) for key in practices]
    for key in practices if assessment_round.peer_question else ():
        alike = [row for row in outcomes if row.kind == kinds[key]]
        others = [sum(row.practice != key for row in rows_of) for rows_of in (alike, outcomes)]
        if may_narrow(inside=others[0], everyone=others[1]) and others[0] < others[1]:
            rows.append(_row(assessment_round, key, ALIKE, alike, now))
    BenchmarkRow.objects.bulk_create(rows)


def kind_of(profile: dict[str, Any], question: str) -> str:
    """Return what a practice answered to the question that makes groups, as one text."""
    answer = profile.get(question, "")
    return ",".join(sorted(answer)) if isinstance(answer, list) else str(answer)


def _outcomes(assessment_round: AssessmentRound, questionnaire: Questionnaire) -> Iterable[Outcome]:
    """Yield what counts: final, of a team, unflagged, and of a practice of the network that agreed to it."""
    agreed = SharingConsent.objects.filter(withdrawn_at__isnull=True).values("practice")
    rows = Report.objects.filter(
        assessment__round=assessment_round,
        assessment__state__in=FINISHED,
        assessment__practice__in=agreed,
        assessment__practice__in_network=True,
    )
    latest = {row.assessment_id: row for row in rows.select_related("assessment__practice").order_by("revision")}
    for report in latest.values():
        if report.is_comparable:
            practice = report.assessment.practice
            yield Outcome(
                practice=practice.pk,
                provider=practice.care_provider_id,
                kind=kind_of(report.content["profile"], assessment_round.peer_question),
                values=dict(values_in(report.content, questionnaire)),
            )


def values_in(content: dict[str, Any], questionnaire: Questionnaire) -> Iterable[tuple[str, Fraction]]:
    """Yield every value of a report that others may be compared with, by code, on the scale of 1 to 4."""
    found = [("", fraction(content["overall"]))]
    found += [(code, fraction(row["value"])) for code, row in content["sections"].items()]
    for item in questionnaire.asked(content["profile"]):
        answer = content["answers"].get(item.code)
        found.append((item.code, item_score(item, answer["choice"]) if answer else None))
    return ((code, value) for code, value in found if value is not None)


def _row(
    assessment_round: AssessmentRound, practice: int | None, group: str, outcomes: list[Outcome], now: datetime
) -> BenchmarkRow:
    codes = dict.fromkeys(code for row in outcomes for code in row.values)
    content = {}
    for code in codes:
        peers = [
            Peer(practice=row.practice, provider=row.provider, value=row.values[code])
            for row in outcomes
            if code in row.values
        ]
        content[code] = _as_data(compare(peers, without=practice))
    return BenchmarkRow(
        round=assessment_round,
        practice_id=practice,
        peer_group=group,
        count=sum(row.practice != practice for row in outcomes),
        content=content,
        policy=POLICY,
        checksum=checksum_of(content),
        computed_at=now,
    )


def _as_data(found: Benchmark) -> dict[str, Any]:
    values = (found.median, found.lower_quartile, found.upper_quartile)
    return {"count": found.count, "reason": found.reason, "values": [written(value) for value in values]}


def benchmark_in(row: BenchmarkRow | None, code: str) -> Benchmark | None:
    """Return what was frozen for a section, an item or the whole (""); None before the round is closed."""
    if row is None:
        return None
    found = row.content.get(code)
    if found is None:
        return Benchmark(count=0, reason="too_few_practices")
    median, lower, upper = (fraction(value) for value in found["values"])
    return Benchmark(
        count=found["count"], reason=found["reason"], median=median, lower_quartile=lower, upper_quartile=upper
    )


@task()
def close_rounds() -> int:
    """Close every round whose last day is past, and return how many."""
    now = timezone.now()
    due = AssessmentRound.objects.to_close(timezone.localdate(now)).select_related("version__instrument")
    return sum(close_round(assessment_round=row, now=now) for row in due)


def remind_waiting(*, assessment: Assessment, kind: str = "assessment_reminder", now: datetime) -> int:
    """Remind exactly those who have not handed in, once for each kind of reminder, and return how many they are."""
    rows = RaterResponse.objects.waiting().filter(assessment=assessment, is_on_paper=False).select_related("user")
    waiting = [row for row in rows if row.user.is_active]
    for response in waiting:
        notify(users=[response.user], kind=kind, source_pk=response.pk, now=now)
    return len(waiting)


@task()
def remind_raters() -> int:
    """Remind who has not handed in a week and a day before a round ends; return how many."""
    now = timezone.now()
    told = 0
    for days in REMIND_BEFORE:
        last = timezone.localdate(now) + timedelta(days=days)
        rows = Assessment.objects.filter(round__closes_date=last, round__closed_at=None, state="open")
        told += sum(remind_waiting(assessment=row, kind=f"assessment_reminder_{days}", now=now) for row in rows)
    return told
