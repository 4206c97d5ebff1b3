"""A view from outside: of another care provider, checked on facts, and the practice's own."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from members.assessments.models import (
    Assessment,
    Benchmark,
    ExternalRating,
    PeerReview,
)
from members.assessments.policies import State, may_rate, may_see_review
from members.assessments.services import (
    Entry,
    NotAtThisMoment,
    SameProvider,
    agree_again,
    ask_reviewer,
    call_off,
    close_reviews,
    hand_in_review,
    make_final,
    possible_reviewers,
    rate,
    remark_on,
    share_review,
)
from thuisbasis.network.refusals import NotForYou

pytestmark = pytest.mark.django_db


class TestAViewFromOutside:
    @pytest.fixture
    def talking(self, begin, talk):
        return talk(begin())

    @pytest.fixture
    def review(self, talking, lead, user):
        found = ask_reviewer(assessment=talking, reviewer=user("ruben"), **lead)
        return PeerReview.objects.select_related("assessment__round__version__instrument", "reviewer").get(pk=found.pk)

    def fresh(self, review):
        return PeerReview.objects.select_related("assessment__round__version__instrument").get(pk=review.pk)

    def hand_in(self, review, by):
        hand_in_review(review=review, summary="Warm team.", visit_date=timezone.localdate(), **by("ruben"))
        return self.fresh(review)

    def test_z10_whoever_reviews_is_of_another_care_provider(self, talking, lead, user):
        people = possible_reviewers(assessment=talking, today=timezone.localdate())
        assert user("ruben") in people
        assert not {user("lid"), user("lotte"), user("esra"), user("bruxelles")} & set(people)
        with pytest.raises(SameProvider):
            ask_reviewer(assessment=talking, reviewer=user("lotte"), **lead)

    def test_the_reviewer_hears_of_it_and_rates_without_touching_a_score(self, review, by, visitor, now):
        assert "vraagt of jij van buiten wilt meekijken" in mail.outbox[-1].body
        assert (str(review), review.title) == (str(review.key), "Thuis aan de IJssel")
        entry = Entry(item_code="A1", choice="2", note="Mooi gesprek.")
        kept = rate(review=review, entry=entry, visitor=visitor("ruben"), now=now)
        assert (kept.choice, kept.note) == ("2", "Mooi gesprek.")
        for other in ("lid", "coordinator", "ilse"):
            with pytest.raises(NotForYou):
                rate(review=review, entry=entry, visitor=visitor(other), now=now)
            with pytest.raises(NotForYou):
                hand_in_review(review=review, summary="x", visit_date=None, **by(other))
        assert ExternalRating.objects.count() == 1

    def test_before_it_is_in_only_the_reviewer_sees_it_then_the_practice_and_others_when_it_is_shared(
        self, review, by, visitor, lead
    ):
        def who_sees(row):
            names = ("ruben", "lid", "daan", "redactie", "bruxelles")
            listed = [name for name in names if PeerReview.objects.visible_to(visitor(name)).filter(pk=row.pk).exists()]
            assert listed == [name for name in names if may_see_review(visitor(name), row)]
            return listed

        assert who_sees(review) == ["ruben"]
        review = self.hand_in(review, by)
        assert who_sees(review) == ["ruben", "lid"]
        with pytest.raises(NotAtThisMoment):
            share_review(review=review, shares=True, **lead)
        remark_on(review=review, remark=" ", **lead)
        with pytest.raises(NotForYou):
            share_review(review=self.fresh(review), shares=True, **by("lid"))
        share_review(review=self.fresh(review), shares=True, **lead)
        assert who_sees(self.fresh(review)) == ["ruben", "lid", "daan", "redactie"]
        share_review(review=self.fresh(review), shares=False, **lead)
        assert who_sees(self.fresh(review)) == ["ruben", "lid"]

    def test_the_practice_has_fourteen_days_to_say_once_what_is_wrong(self, review, by, visitor, lead, now):
        with pytest.raises(NotAtThisMoment):
            remark_on(review=review, remark="Klopt niet.", **lead)
        review = self.hand_in(review, by)
        assert review.check_until_date == timezone.localdate(now) + timedelta(days=14)
        with pytest.raises(NotForYou):
            remark_on(review=review, remark="Klopt niet.", **by("lid"))
        with pytest.raises(NotAtThisMoment):
            rate(review=review, entry=Entry(item_code="A1", choice="2"), visitor=visitor("ruben"), now=now)
        with pytest.raises(NotAtThisMoment):
            remark_on(review=review, remark="Klopt niet.", **{**lead, "now": now + timedelta(days=15)})
        remark_on(review=review, remark="We hebben zes woningen, geen acht.", **lead)
        with pytest.raises(NotAtThisMoment):
            remark_on(review=review, remark="Nog iets.", **lead)
        assert "schreef wat er volgens hen niet klopt" in mail.outbox[-1].body
        rate(review=self.fresh(review), entry=Entry(item_code="A1", choice="3"), visitor=visitor("ruben"), now=now)
        review = self.hand_in(self.fresh(review), by)
        assert (review.closed_at, may_rate(visitor("ruben"), review)) == (now, False)

    def test_without_a_remark_it_closes_by_itself_after_two_weeks(self, review, by):
        review = self.hand_in(review, by)
        assert close_reviews.call() == 0
        PeerReview.objects.filter(pk=review.pk).update(check_until_date=timezone.localdate() - timedelta(days=1))
        assert close_reviews.call() == 1

    def test_nothing_becomes_final_while_somebody_looks_and_the_question_can_be_called_off(self, review, by, lead):
        with pytest.raises(NotAtThisMoment):
            make_final(assessment=review.assessment, shares=True, **lead)
        with pytest.raises(NotAtThisMoment):
            agree_again(assessment=review.assessment, **lead)
        with pytest.raises(NotForYou):
            call_off(review=review, **by("lid"))
        call_off(review=review, **lead)
        assert Assessment.objects.get(pk=review.assessment_id).state == State.CONSENSUS

    def test_what_is_in_cannot_be_called_off_and_the_team_may_talk_again(self, review, by, lead):
        review = self.hand_in(review, by)
        with pytest.raises(NotAtThisMoment):
            call_off(review=review, **lead)
        remark_on(review=review, remark="", **lead)
        assert (
            agree_again(assessment=Assessment.objects.with_everything().get(pk=review.assessment_id), **lead).state
            == State.CONSENSUS
        )

    def test_the_benchmark_knows_nothing_of_it(self, review, by, lead, now, visitor):
        rate(review=review, entry=Entry(item_code="A1", choice="1"), visitor=visitor("ruben"), now=now)
        review = self.hand_in(review, by)
        remark_on(review=review, remark="", **lead)
        report = make_final(
            assessment=Assessment.objects.with_everything().get(pk=review.assessment_id), shares=True, **lead
        )
        assert "A1" not in report.content["answers"]
        assert not Benchmark.objects.filter(round=report.assessment.round).exists()
