"""From separate forms to one answer per item, to a report that stays, and what others may be compared with."""

import pytest

from members.assessments.models import Assessment, LogEntry, Report, Score, SharingConsent
from members.assessments.policies import State
from members.assessments.services import (
    Entry,
    EntryIsStale,
    NotAtThisMoment,
    NoteIsMissing,
    TooFewRaters,
    agree,
    agree_again,
    answer_again,
    begin_conversation,
    choose_sharing,
    latest_report,
    make_final,
    missing_items,
    reopen,
    shares_now,
    spreads_of,
)
from thuisbasis.network.refusals import NotForYou

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def put(user, visitor, now):
    def do(assessment, code, choice, *, note="", seen=0, who="lid"):
        entry = Entry(item_code=code, choice=choice, note=note, row_version=seen, reason="Niet bij ons, nooit.")
        return agree(assessment=assessment, entry=entry, actor=user(who), visitor=visitor(who), now=now)

    return do


class TestTheConversation:
    def test_three_forms_are_enough_and_fewer_need_somebody_to_be_sure(self, begin, fill, lead):
        assessment = begin()
        fill(assessment, "lid", "3")
        fill(assessment, "fatima", "3", hand_in=False)
        with pytest.raises(TooFewRaters) as few:
            begin_conversation(assessment=assessment, is_sure=False, **lead)
        assert few.value.submitted == 1
        assert begin_conversation(assessment=assessment, is_sure=True, **lead).state == State.CONSENSUS
        with pytest.raises(NotAtThisMoment):
            begin_conversation(assessment=Assessment.objects.get(pk=assessment.pk), is_sure=True, **lead)

    def test_only_who_leads_goes_on(self, begin, fill, user, visitor, now):
        with pytest.raises(NotForYou):
            begin_conversation(assessment=begin(), is_sure=True, actor=user("lid"), visitor=visitor("lid"), now=now)

    def test_z08_raters_are_counted_per_item_whoever_left_one_open_too(self, begin, fill, lead):
        assessment = begin()
        for who, choices in (("lid", {"A1": "2", "A2": "3"}), ("fatima", {"A1": "4"}), ("pieter", {"A1": "3"})):
            fill(assessment, who, choices)
        fill(assessment, "coordinator", "1", hand_in=False)
        found = spreads_of(assessment=assessment)
        assert found["A1"].counts == {"1": 0, "2": 1, "3": 1, "4": 1}
        assert (found["A1"].is_wide, found["A2"].agreement.value) == (True, "too_few")

    def test_a_note_says_why_where_raters_lay_far_apart(self, begin, talk, put):
        assessment = talk(begin(), "2", "4", "3")
        with pytest.raises(NoteIsMissing):
            put(assessment, "A1", "3")
        kept = put(assessment, "A1", "3", note=" Dit jaar gaat het beter. ")
        assert (kept.choice, kept.note, kept.row_version) == ("3", "Dit jaar gaat het beter.", 1)
        line = LogEntry.objects.filter(what="consensus").get()
        assert (line.old, line.new, line.is_blind) == ("", "3 | Dit jaar gaat het beter.", False)

    def test_two_people_who_agree_on_different_things_both_see_both(self, begin, talk, put):
        assessment = talk(begin())
        put(assessment, "A1", "3")
        put(assessment, "A1", "4", note="Toch meer.", seen=1, who="fatima")
        with pytest.raises(EntryIsStale) as stale:
            put(assessment, "A1", "2", note="Toch minder.", seen=1)
        assert (stale.value.theirs.choice, stale.value.theirs.note) == ("4", "Toch meer.")
        assert put(assessment, "A1", "4", note="Toch meer.", seen=1).row_version == 2

    def test_nobody_agrees_from_elsewhere_or_while_forms_are_open(self, begin, talk, put):
        assessment = begin()
        with pytest.raises(NotAtThisMoment):
            put(assessment, "A1", "3")
        with pytest.raises(NotForYou):
            put(talk(assessment), "A1", "3", who="daan")

    def test_forms_open_again_only_before_anything_was_agreed(self, begin, talk, put, lead):
        assessment = talk(begin())
        assert answer_again(assessment=assessment, **lead).state == State.OPEN
        assessment = begin_conversation(assessment=Assessment.objects.get(pk=assessment.pk), is_sure=True, **lead)
        put(assessment, "A1", "3")
        with pytest.raises(NotAtThisMoment):
            answer_again(assessment=assessment, **lead)
        with pytest.raises(NotAtThisMoment):
            agree_again(assessment=assessment, **lead)

    def test_a_note_can_stand_without_an_answer_and_what_is_missing_is_known(self, begin, talk, put):
        assessment = talk(begin())
        assert put(assessment, "A1", "", note="Hier komen we op terug.").choice == ""
        put(assessment, "A2", "3")
        assert missing_items(assessment=assessment) == ["A1", "A3", "B1", "B2", "B3"]


class TestFinal:
    def test_the_whole_report_is_kept_with_its_scores_as_fractions(self, begin, finish, now, user):
        report = finish(begin(), {"A1": "2", "A2": "3", "A3": "3", "B1": "4", "B2": "4", "B3": "3"})
        content = report.content
        assert (content["practice"], content["raters"], content["is_team"]) == ("Thuis aan de IJssel", 3, True)
        assert content["sections"]["A"] == {
            "value": "8/3", "answered": 3, "not_applicable": 0, "asked": 3, "is_flagged": False,
        }  # fmt: skip
        assert content["overall"] == "37/12"
        assert content["answers"]["A1"] == {"choice": "2", "reason": "", "note": "Zo kwamen we eruit."}
        assert content["spreads"]["A1"]["agreement"] == "agree"
        assert (report.revision, report.engine_version, report.is_comparable) == (1, "1.0", True)
        assert (report.finalised_by, report.finalised_at, len(report.checksum)) == (user("coordinator"), now, 64)
        rows = Score.objects.filter(report=report).order_by("section_code")
        assert [(row.section_code, row.numerator, row.denominator) for row in rows] == [
            ("", 37, 12), ("A", 8, 3), ("B", 7, 2),
        ]  # fmt: skip
        assert (rows[1].answered_weight, rows[1].applicable_weight) == ("3/1", "3/1")
        assert [str(row) for row in rows][1:2] == ["A: 8/3"]
        assert str(report) == f"{report.assessment_id}.1"

    def test_without_enough_answers_there_is_no_score_and_no_zero(self, begin, finish):
        report = finish(begin(), {"A1": "3", "B1": "3", "B2": "3", "B3": "3"})
        assert (report.content["sections"]["A"]["value"], report.content["overall"]) == (None, None)
        row = Score.objects.get(report=report, section_code="A")
        assert (row.numerator, row.denominator) == (None, None)

    def test_too_few_raters_or_too_much_that_does_not_apply_keep_it_out_of_the_comparison(
        self, begin, fill, agreed, lead, finish, make_round
    ):
        alone = begin()
        fill(alone, "lid", "3")
        alone = begin_conversation(assessment=alone, is_sure=True, **lead)
        agreed(alone, "3")
        report = make_final(assessment=alone, shares=True, **lead)
        assert (report.content["is_team"], report.is_comparable) == (False, False)
        flagged = finish(begin(make_round()), {"A1": "NA", "A2": "3", "A3": "3", "B1": "3", "B2": "3", "B3": "3"})
        assert (flagged.content["is_flagged"], flagged.is_comparable) == (True, False)

    def test_a_change_afterwards_makes_a_second_report_beside_the_first(self, begin, finish, agreed, lead):
        first = finish(begin())
        assessment = Assessment.objects.with_everything().get(pk=first.assessment_id)
        with pytest.raises(NotAtThisMoment):
            make_final(assessment=assessment, shares=True, **lead)
        assessment = reopen(assessment=assessment, reason="Eén antwoord was verwisseld.", **lead)
        assert assessment.state == State.CONSENSUS
        with pytest.raises(NotAtThisMoment):
            reopen(assessment=assessment, reason="Nog eens.", **lead)
        with pytest.raises(NotAtThisMoment):
            begin_conversation(assessment=assessment, is_sure=True, **lead)
        agreed(assessment, "4")
        second = make_final(assessment=assessment, shares=True, **lead)
        assert (second.revision, second.reason) == (2, "Eén antwoord was verwisseld.")
        assert Assessment.objects.get(pk=assessment.pk).state == State.AMENDED
        assert Report.objects.get(pk=first.pk).content["overall"] == "3/1"
        assert latest_report(assessment=assessment) == second

    def test_an_instrument_that_adds_points_up_keeps_them(self, small, make_round, begin, finish):
        version = small("punten", lambda data: data["scoring"].update(method="sum"))
        report = finish(begin(make_round(version)))
        assert report.content["points"] == {"points": "18/1", "lowest": "6/1", "highest": "24/1"}

    def test_a_reflection_has_no_scores_at_all(self, make_round, begin, finish):
        from members.assessments.models import InstrumentVersion

        reflection = InstrumentVersion.objects.get(instrument__code="voorzorg-reflectie")
        report = finish(begin(make_round(reflection), profile={}), "opbouw")
        assert not {"overall", "sections", "points"} & set(report.content)
        assert not Score.objects.filter(report=report).exists()
        assert not report.is_comparable

    def test_sharing_is_chosen_by_who_coordinates_and_can_be_withdrawn(self, begin, user, visitor, now, lead):
        practice = begin().practice
        SharingConsent.objects.filter(practice=practice).update(withdrawn_at=now)
        for shares, held in ((False, False), (True, True), (True, True), (False, False)):
            choose_sharing(practice=practice, shares=shares, **lead)
            assert shares_now(practice.pk) is held
        with pytest.raises(NotForYou):
            choose_sharing(practice=practice, shares=True, actor=user("lid"), visitor=visitor("lid"), now=now)
        assert str(SharingConsent.objects.filter(practice=practice).first()).startswith("Thuis aan de IJssel")
