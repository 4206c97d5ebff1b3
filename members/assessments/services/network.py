"""The network as a whole: how many took part, and the middle of it; never who, and never in order."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from members.assessments.comparing import Benchmark
from members.assessments.models import AssessmentRound
from members.assessments.models import Benchmark as BenchmarkRow
from members.assessments.policies import FINISHED
from members.assessments.services.rounds import benchmark_in
from thuisbasis.network.models import Practice


@dataclass(frozen=True, kw_only=True)
class NetworkRound:
    """A round in numbers: x of y practices, and the benchmark of everyone by section, "" for the whole."""

    round: AssessmentRound
    practices: int
    started: int
    finished: int
    sections: tuple[tuple[str, str], ...]
    benchmarks: Mapping[str, Benchmark]


def network_rounds(*, most: int = 10) -> list[NetworkRound]:
    """Return the latest rounds, newest first (three queries)."""
    here = Q(assessments__practice__in_network=True)
    rounds = AssessmentRound.objects.select_related("version__instrument").annotate(
        started=Count("assessments", filter=here),
        finished=Count("assessments", filter=here & Q(assessments__state__in=FINISHED)),
    )
    rows = list(rounds.order_by("-opens_date", "-pk")[:most])
    practices = Practice.objects.in_network().shown().count()
    frozen = {row.round_id: row for row in BenchmarkRow.objects.of_network().filter(round__in=rows)}
    return [_network_round(row, practices, frozen.get(row.pk)) for row in rows]


def _network_round(row: AssessmentRound, practices: int, frozen: BenchmarkRow | None) -> NetworkRound:
    questionnaire = row.version.questionnaire
    sections = tuple((section.code, section.title) for section in questionnaire.sections)
    codes = ["", *(code for code, _title in sections)] if questionnaire.is_scored else []
    return NetworkRound(
        round=row,
        practices=practices,
        started=getattr(row, "started", 0),
        finished=getattr(row, "finished", 0),
        sections=sections if questionnaire.is_scored else (),
        benchmarks={code: found for code in codes if (found := benchmark_in(frozen, code)) is not None},
    )
