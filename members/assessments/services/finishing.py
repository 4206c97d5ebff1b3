"""Making an assessment final: its scores, and a report that stays as it is."""

import hashlib
import json
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db import transaction

from members.assessments.agreement import Spread
from members.assessments.models import Assessment, Consensus, PeerReview, RaterResponse, Report, Score, SharingConsent
from members.assessments.policies import State, is_enough_raters
from members.assessments.scoring import ENGINE_VERSION, Scores, score
from members.assessments.services.agreeing import NotAtThisMoment, move, spreads_of
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Practice
from thuisbasis.network.policies import Visitor, may_coordinate
from thuisbasis.network.refusals import NotForYou


def checksum_of(content: Any) -> str:
    """Return a digest by which anybody can see that a report or benchmark is as it was made."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def written(value: Fraction | None) -> str | None:
    """Return a fraction as text, exactly; None stays None."""
    return None if value is None else f"{value.numerator}/{value.denominator}"


def fraction(text: str | None) -> Fraction | None:
    """Return what `written` wrote."""
    return None if text is None else Fraction(text)


def missing_items(*, assessment: Assessment) -> list[str]:
    """Return the codes of items that the team has not agreed on, in order."""
    done = set(Consensus.objects.filter(assessment=assessment).exclude(choice="").values_list("item_code", flat=True))
    asked = assessment.version.questionnaire.asked(assessment.profile)
    return [item.code for item in asked if item.is_required and item.code not in done]


@transaction.atomic
def make_final(*, assessment: Assessment, shares: bool, actor: User, visitor: Visitor, now: datetime) -> Report:
    """Score what was agreed and keep it as a report; the benchmark is not touched.

    `shares` is whether the practice lets its outcome count for others. Raises NotForYou or NotAtThisMoment.
    """
    earlier = Report.objects.filter(assessment=assessment).count()
    if PeerReview.objects.filter(assessment=assessment, closed_at=None).exists():
        raise NotAtThisMoment
    state = State.AMENDED if earlier else State.FINAL
    assessment = move(assessment, state, actor=actor, visitor=visitor, now=now)
    choose_sharing(practice=assessment.practice, shares=shares, actor=actor, visitor=visitor, now=now)
    rows = {row.item_code: row for row in Consensus.objects.filter(assessment=assessment)}
    choices = {code: row.choice for code, row in rows.items()}
    questionnaire = assessment.version.questionnaire
    scores = score(questionnaire, assessment.profile, choices) if questionnaire.is_scored else None
    raters = RaterResponse.objects.filter(assessment=assessment).submitted().count()
    is_team = is_enough_raters(raters, assessment.version.min_raters)
    content = {
        **_heading(assessment, raters, is_team=is_team),
        "answers": {code: {"choice": row.choice, "reason": row.reason, "note": row.note} for code, row in rows.items()},
        "spreads": {code: _said(spread) for code, spread in spreads_of(assessment=assessment).items()},
        **(_scores(scores) if scores else {}),
    }
    report = Report.objects.create(
        assessment=assessment,
        revision=earlier + 1,
        content=content,
        engine_version=ENGINE_VERSION,
        checksum=checksum_of(content),
        is_comparable=is_team and scores is not None and not scores.is_flagged,
        finalised_at=now,
        finalised_by=actor,
        reason=assessment.reopened_reason,
    )
    if scores:
        _keep_scores(report, scores)
    return report


def _heading(assessment: Assessment, raters: int, *, is_team: bool) -> dict[str, Any]:
    version, practice = assessment.version, assessment.practice
    return {
        "practice": practice.name,
        "care_provider": practice.care_provider.name,
        "round": assessment.round.title,
        "instrument": version.instrument.code,
        "version": version.number,
        "profile": assessment.profile,
        "raters": raters,
        "is_team": is_team,
    }


def _said(spread: Spread) -> dict[str, Any]:
    return {
        "counts": spread.counts,
        "agreement": spread.agreement.value,
        "lowest": written(spread.lowest),
        "highest": written(spread.highest),
    }


def _scores(scores: Scores) -> dict[str, Any]:
    points = scores.points
    return {
        "overall": written(scores.overall),
        "is_flagged": scores.is_flagged,
        "points": points and {name: written(getattr(points, name)) for name in ("points", "lowest", "highest")},
        "sections": {
            code: {
                "value": written(row.value),
                "answered": row.answered,
                "not_applicable": row.not_applicable,
                "asked": row.asked,
                "is_flagged": row.is_flagged,
            }
            for code, row in scores.sections.items()
        },
    }


def _keep_scores(report: Report, scores: Scores) -> None:
    rows = [
        Score(
            report=report,
            section_code=code,
            numerator=row.value.numerator if row.value is not None else None,
            denominator=row.value.denominator if row.value is not None else None,
            answered_weight=written(row.answered_weight) or "",
            applicable_weight=written(row.applicable_weight) or "",
            is_flagged=row.is_flagged,
        )
        for code, row in scores.sections.items()
    ]
    whole = scores.overall
    numbers = (whole.numerator, whole.denominator) if whole is not None else (None, None)
    rows.append(Score(report=report, numerator=numbers[0], denominator=numbers[1], is_flagged=scores.is_flagged))
    Score.objects.bulk_create(rows)


@transaction.atomic
def choose_sharing(*, practice: Practice, shares: bool, actor: User, visitor: Visitor, now: datetime) -> None:
    """Let a practice's outcomes count in what others are compared with, or no longer; raises NotForYou.

    What was frozen stays; the next round goes without.
    """
    if not may_coordinate(visitor, practice_id=practice.pk):
        raise NotForYou
    holds = SharingConsent.objects.filter(practice=practice, withdrawn_at=None)
    if shares and not holds.exists():
        SharingConsent.objects.create(practice=practice, given_by=actor, given_at=now)
    elif not shares:
        holds.update(withdrawn_at=now)


def shares_now(practice_id: int) -> bool:
    """Say whether this practice lets its outcomes count for others."""
    return SharingConsent.objects.filter(practice=practice_id, withdrawn_at=None).exists()


def latest_report(*, assessment: Assessment) -> Report | None:
    """Return the report that holds; None before the assessment was ever final."""
    return Report.objects.filter(assessment=assessment).order_by("-revision").first()
