"""What practices may be compared with: other practices only, enough of them, frozen at the close."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.db import Error
from django.utils import timezone

from members.assessments.models import Assessment, Benchmark, Consensus, Report
from members.assessments.policies import State
from members.assessments.services import (
    close_round,
    close_rounds,
    network_rounds,
    reopen,
)
from members.assessments.services.rounds import ALIKE, EVERYONE, benchmark_in, kind_of
from thuisbasis.network.models import Practice

pytestmark = pytest.mark.django_db


class TestTheBenchmark:
    def frozen(self, assessment, group=EVERYONE):
        return Benchmark.objects.filter(round=assessment.round, practice=assessment.practice, peer_group=group).first()

    def test_it_is_the_median_of_others_frozen_at_the_close_and_never_changed_after(
        self, make_round, begin, finish, peers, lead, now
    ):
        current = make_round()
        mine = finish(begin(current), "4").assessment
        late = peers(current, {"P": [3, 2], "Q": [3], "R": [2], "S": [3]})
        assert close_round(assessment_round=current, now=now)
        assert not close_round(assessment_round=current, now=now)
        row = self.frozen(mine)
        found = benchmark_in(row, "")
        assert (found.count, found.median, found.reason, row.count) == (5, Fraction(3), "", 5)
        assert benchmark_in(row, "A1").median == 3
        assert benchmark_in(row, "onbekend").reason == "too_few_practices"
        assert benchmark_in(None, "") is None
        other = Benchmark.objects.get(round=current, practice=late[0].assessment.practice, peer_group=EVERYONE)
        assert benchmark_in(other, "").median == 3
        reopen(assessment=Assessment.objects.with_everything().get(pk=mine.pk), reason="Later gewijzigd.", **lead)
        assert self.frozen(mine).checksum == row.checksum
        assert str(row) == f"{current.pk} {mine.practice_id} network"

    def test_who_did_not_agree_withdrew_or_is_not_finished_does_not_count(self, make_round, begin, finish, peers, now):
        current = make_round()
        mine = finish(begin(current)).assessment
        peers(current, {"P": [3], "Q": [3], "R": [3], "S": [3]})
        silent = peers(current, {"T": [3]}, shares=False)
        close_round(assessment_round=current, now=now)
        assert benchmark_in(self.frozen(mine), "").reason == "too_few_practices"
        assert self.frozen(silent[0].assessment).count == 5

    def test_practices_abroad_and_reopened_ones_do_not_count(self, make_round, begin, finish, peers, now):
        current = make_round()
        mine = finish(begin(current)).assessment
        reports = peers(current, {"P": [3], "Q": [3], "R": [3], "S": [3], "T": [3], "U": [3]})
        Practice.objects.filter(pk=reports[0].assessment.practice_id).update(in_network=False)
        Assessment.objects.filter(pk=reports[1].assessment_id).update(state=State.CONSENSUS)
        Report.objects.filter(pk=reports[2].pk).update(is_comparable=False)
        close_round(assessment_round=current, now=now)
        assert self.frozen(mine).count == 3

    def test_practices_alike_are_compared_when_they_and_the_rest_are_enough(
        self, make_round, begin, finish, peers, now
    ):
        current = make_round(peer_question="Q1")
        mine = finish(begin(current)).assessment
        peers(current, {"P": [3, 3], "Q": [3, 2], "R": [2]})
        together = {"Q1": ["geclusterd", "verspreid"], "Q2": "verhuurder", "Q3": 3}
        peers(current, {"S": [4, 4], "T": [4, 4], "U": [4]}, profile=together)
        close_round(assessment_round=current, now=now)
        alike = self.frozen(mine, ALIKE)
        assert (alike.count, benchmark_in(alike, "").median) == (5, Fraction(3))
        assert self.frozen(mine).count == 10
        assert benchmark_in(self.frozen(mine), "").upper_quartile == 4

    def test_a_group_that_is_everybody_or_leaves_a_few_over_is_not_shown(self, make_round, begin, finish, peers, now):
        current = make_round(peer_question="Q1")
        mine = finish(begin(current)).assessment
        peers(current, {"P": [3, 3], "Q": [3, 2], "R": [2]})
        close_round(assessment_round=current, now=now)
        assert self.frozen(mine, ALIKE) is None
        assert kind_of({"Q1": ["b", "a"], "Q2": "x"}, "Q1") == "a,b"
        assert (kind_of({"Q2": "x"}, "Q2"), kind_of({}, "Q2")) == ("x", "")

    def test_rounds_close_by_themselves_the_day_after_their_last(self, make_round, begin, finish):
        over, running = make_round(began=51, lasts=50), make_round()
        assert close_rounds.call() >= 1
        over.refresh_from_db()
        running.refresh_from_db()
        assert over.closed_at is not None
        assert running.closed_at is None

    def test_a_reflection_is_never_compared(self, make_round, now):
        from members.assessments.models import InstrumentVersion

        current = make_round(InstrumentVersion.objects.get(instrument__code="voorzorg-reflectie"))
        close_round(assessment_round=current, now=now)
        assert not Benchmark.objects.filter(round=current).exists()

    def test_the_database_keeps_one_benchmark_of_the_network_per_round(self, make_round, now):
        current = make_round()
        values = {"round": current, "count": 0, "content": {}, "policy": "x", "checksum": "x", "computed_at": now}
        Benchmark.objects.create(**values)
        with pytest.raises(Error):
            Benchmark.objects.create(**values)


class TestTheNetwork:
    def test_a_round_says_how_many_took_part_and_where_the_middle_lies_and_names_nobody(self, make_round, peers, now):
        current = make_round(began=0)
        peers(current, {"P": [3, 2], "Q": [3], "R": [2], "S": [3]})
        before = next(row for row in network_rounds() if row.round == current)
        assert (before.started, before.finished, before.benchmarks) == (5, 5, {})
        close_round(assessment_round=current, now=now)
        after = next(row for row in network_rounds() if row.round == current)
        assert after.practices == Practice.objects.filter(in_network=True, live=True).count()
        assert after.benchmarks[""].median == 3
        assert set(after.benchmarks) == {"", "A", "B"}

    def test_a_reflection_shows_only_how_many_took_part(self):
        row = next(row for row in network_rounds() if not row.round.version.is_scored)
        assert (row.sections, row.benchmarks, row.finished) == ((), {}, 1)


def test_a_round_keeps_its_version_once_a_practice_has_begun(make_round, begin, small):
    current, other = make_round(), small("ander")
    current.version = other
    current.clean()
    current.version = small()
    begin(current)
    current.clean()
    current.version = other
    with pytest.raises(ValidationError, match="al begonnen"):
        current.clean()


def test_a_round_knows_its_days(make_round):
    current = make_round(began=0, lasts=2)
    today = timezone.localdate()
    assert [current.is_open(today + timedelta(days=days)) for days in (-1, 0, 2, 3)] == [False, True, True, False]
    assert str(Consensus(item_code="A1", choice="3")) == "A1: 3"
