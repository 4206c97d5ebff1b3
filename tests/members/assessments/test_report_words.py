"""What a report says in words, through time, and what helps with a low item."""

import csv
import io
import re

import pytest
from django.utils import timezone

from members.assessments.models import (
    Assessment,
    BuddyOffer,
    InstrumentVersion,
    ItemTheme,
)
from members.assessments.policies import State
from members.assessments.services import close_round, help_for, standouts, team_report

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NUMBER = re.compile(r"\d,\d\d|(?<![\d,.])[1-4](?![\d,.])")


class TestWhatItSays:
    def test_it_begins_with_what_stands_out_in_sentences(self, report):
        said = standouts(report)
        assert said[0].startswith("Het sterkst is “Wat we kunnen bieden” met")
        assert said[1].startswith("Het meest te winnen valt bij “Team en organisatie” met")
        assert any("kwamen uit op 2 of lager" in sentence for sentence in said)
        assert any("onder het midden van andere praktijken" in sentence for sentence in said)

    def test_half_a_point_above_others_or_more_or_less_than_before_is_said(
        self, begin, make_round, finish, peers, lead_round
    ):
        first = finish(begin(lead_round(40)), {"A1": "2", "A2": "2", "A3": "2", "B1": "4", "B2": "4", "B3": "4"})
        current = make_round(began=5)
        peers(current, {"P": [2, 2], "Q": [2], "R": [2], "S": [2]})
        second = finish(begin(current), {"A1": "4", "A2": "4", "A3": "4", "B1": "2", "B2": "2", "B3": "2"})
        close_round(assessment_round=current, now=timezone.now())
        second.assessment.round.refresh_from_db()
        said = " ".join(standouts(team_report(report=second)))
        assert "Bij “Een eigen thuis” zitten jullie boven het midden" in said
        assert "“Een eigen thuis” ging omhoog, van 2,00 naar 4,00." in said
        assert "“Wonen en begeleiding los van elkaar” ging omlaag" in said
        assert "omhoog" not in " ".join(standouts(team_report(report=first)))

    @pytest.fixture
    def lead_round(self, make_round):
        return lambda days: make_round(began=days)

    def test_without_a_score_it_says_so_and_points_to_the_items(self, begin, finish):
        empty = team_report(report=finish(begin(), {"A1": "3"}))
        assert "te weinig antwoorden" in standouts(empty)[0]
        assert empty.overall.value.text == "–"

    def test_one_domain_with_a_score_is_the_strongest_and_nothing_else(self, begin, talk, agreed, finish):
        one = team_report(report=finish(begin(), {"A1": "3", "A2": "3", "A3": "2"}))
        assert [sentence[:15] for sentence in standouts(one)] == ["Het sterkst is ", "1 vraag kwam ui"]

    def test_raters_who_lay_far_apart_are_counted(self, begin, talk, finish):
        wide = finish(talk(begin(), "2", "4", "3"))
        assert "Over 6 vragen dachten jullie eerst heel verschillend." in standouts(team_report(report=wide))

    def test_z15_a_reflection_shows_no_score_band_or_rank_anywhere(self, logged_in, user):
        done = Assessment.objects.get(round__version__instrument__kind="reflection", state=State.FINAL)
        client = logged_in(user("lotte"))
        text = client.get(done.report_url).content.decode()
        rows = client.get(f"{done.report_url[:-1]}.csv").content.decode("utf-8-sig")
        main = text[text.index("<main") : text.index("</main")]
        assert "Wat er is afgesproken, per onderwerp" in main
        for word in ("Totaal", "schaal van 1 tot 4", "Grotendeels", "Andere praktijken", "Midden van"):
            assert word not in main + rows
        assert not re.search(r"\d,\d\d", main)
        assert csv.DictReader(io.StringIO(rows), delimiter=";").fieldnames == [
            "Soort", "Code", "Naam", "Afgesproken", "Beoordelaars", "Toelichting",
        ]  # fmt: skip

    def test_a_reflection_names_what_is_starred_and_not_arranged(self, begin, make_round, finish):
        reflection = InstrumentVersion.objects.get(instrument__code="voorzorg-reflectie")
        report = finish(begin(make_round(reflection), profile={}), "nog-niet")
        said = standouts(team_report(report=report))
        assert said[0] == "Jullie bespraken 38 vragen."
        assert said[1].startswith("Nog niet geregeld, en wel belangrijk: Hoe staat het in onze regio met: Outreach?")

    def test_z03_a_licensed_text_stays_out_of_the_file(self, small, make_round, begin, finish, member):
        def license_it(data):
            data["instrument"]["rights"] |= {
                "licensed_text": True, "licence_holder": "Houder", "licence_reference": "K-1", "visible_to": "network",
            }  # fmt: skip
            data["domains"][0]["items"][0]["text"] = "Een beschermde zin over appels?"

        report = finish(begin(make_round(small("beschermd", license_it))))
        url = report.assessment.report_url
        assert "Een beschermde zin" in member.get(url).content.decode()
        rows = member.get(f"{url[:-1]}.csv").content.decode("utf-8-sig")
        assert "beschermde" not in rows
        assert '"Vraag";"A1";"";"3"' in rows


class TestThroughTime:
    def test_a_second_round_stands_beside_the_first_and_a_third_joins(self, report):
        assert [moment.title for moment in report.moments] == sorted(
            [moment.title for moment in report.moments], key=lambda title: title[-4:]
        )
        assert len(report.moments) == 3
        assert {step.joint.value for step in report.moments[2].steps.values()} == {"line"}
        assert report.overall.before == report.moments[1].values[""]

    def test_another_version_is_joined_by_what_stayed_the_same_or_not_at_all(
        self, begin, make_round, finish, small, mirror_file
    ):
        old = small()
        finish(begin(make_round(old, began=40)))

        def follow(data):
            data["instrument"]["code"] = "klein"
            data["version"] |= {"number": "2.0.0", "replaces": "1.0.0"}
            data["domains"][0]["items"][0]["text"] = "Heel anders gevraagd?"
            data["links"] = [{"old": "B1", "new": "B1", "equivalence": "editorial"}]
            data["domains"][1]["items"][0]["text"] = "Een komma anders?"

        new = small("klein-2", follow)
        second = team_report(report=finish(begin(make_round(new, began=5))))
        steps = second.moments[-1].steps
        assert (steps["A"].joint.value, steps["B"].joint.value) == ("gap", "line")
        before = {section.section.code: section.figure.before.text for section in second.sections}
        assert (before["A"], before["B"], second.overall.before.text) == ("–", "3,00", "–")

    def test_a_section_that_got_another_code_finds_its_items_back(self, begin, make_round, finish, small):
        old = small()
        finish(begin(make_round(old, began=40)))

        def move(data):
            data["instrument"]["code"] = "klein"
            data["version"] |= {"number": "3.0.0"}
            data["domains"][0]["code"] = "X"

        moved = team_report(report=finish(begin(make_round(small("klein-3", move), began=5))))
        assert moved.moments[-1].steps["X"].joint.value == "line"

    def test_a_later_report_of_the_same_round_is_the_one_that_counts(self, finished, report):
        assert report.moments[-1].values[""] == report.overall.value


class TestWhatHelps:
    def test_z14_each_low_item_leads_to_something_to_read_a_practice_and_an_event_or_says_that_there_is_none(
        self, report, finished, visitor
    ):
        found = help_for(
            items=report.low_items,
            instrument=finished.version.instrument,
            visitor=visitor("lid"),
            today=timezone.localdate(),
        )
        assert [row.item.item.code for row in found] == [item.item.code for item in report.low_items]
        assert all(row.item.figure.value.value <= 2 for row in found)
        assert all(row.pages for row in found)
        assert any(row.buddies for row in found)
        assert any(row.event for row in found)
        ItemTheme.objects.all().delete()
        BuddyOffer.objects.all().delete()
        bare = help_for(
            items=report.low_items,
            instrument=finished.version.instrument,
            visitor=visitor("lid"),
            today=timezone.localdate(),
        )
        assert {(len(row.pages), len(row.buddies), row.event) for row in bare} == {(0, 0, None)}
        assert (
            help_for(
                items=[], instrument=finished.version.instrument, visitor=visitor("lid"), today=timezone.localdate()
            )
            == []
        )

    def test_the_page_says_so_where_there_is_nothing_yet(self, member, finished):
        ItemTheme.objects.all().delete()
        BuddyOffer.objects.all().delete()
        text = member.get(finished.report_url).content.decode()
        assert "nog geen artikel." in text
        assert "nog geen praktijk die dit aanbood." in text
        assert "nog geen bijeenkomst hierover." in text

    def test_ones_own_practice_is_not_offered_as_help(self, report, finished, visitor, user):
        code = report.low_items[0].item.code
        BuddyOffer.objects.create(
            practice=finished.practice, instrument=finished.version.instrument, item_code=code, offered_by=user("coordinator"),
            offered_at=timezone.now(),
        )  # fmt: skip
        found = help_for(
            items=report.low_items[:1],
            instrument=finished.version.instrument,
            visitor=visitor("lid"),
            today=timezone.localdate(),
        )
        assert finished.practice not in found[0].buddies
