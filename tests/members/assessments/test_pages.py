"""The pages of the self-assessment, for whom they are, with and without JavaScript."""

import re

import pytest
from assessment_pages import HOME, sent, text
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.assessments.models import (
    Assessment,
    AssessmentRound,
    Consensus,
    RaterResponse,
    SharingConsent,
)
from members.assessments.policies import State

pytestmark = [pytest.mark.django_db, pytest.mark.once]


class TestTheOverview:
    def test_a_coordinator_can_begin_and_a_colleague_is_told_whom_to_ask(self, make_round, as_):
        current = make_round()
        assert f"{HOME}beginnen/{current.pk}/thuis-aan-de-ijssel/" in text(as_("coordinator").get(HOME))
        page = text(as_("lid").get(HOME))
        assert f"/beginnen/{current.pk}/" not in page
        assert "Je coördinator kan hieraan beginnen" in page

    def test_what_runs_what_is_done_and_where_somebody_looks_are_listed_newest_first(self, as_):
        page = text(as_("coordinator").get(HOME))
        assert "4 van 6 formulieren ingeleverd" in page
        assert page.index("Jij kijkt mee bij een ander") < page.index("Stadshaard")
        done = re.findall(r"Rapport: Spiegel HF, \w+ (\d{4})", page)
        assert done == sorted(done, reverse=True)
        assert len(done) == 3

    def test_without_any_round_it_says_what_to_wait_for(self, as_):
        assert "Er is nu geen ronde open" in text(as_("redactie").get(HOME))

    def test_the_number_of_queries_does_not_grow_with_the_rounds(self, as_, make_round, begin):
        client = as_("coordinator")
        client.get(HOME)
        with CaptureQueriesContext(connection) as few:
            client.get(HOME)
        for number in range(4):
            begin(make_round(began=number))
        with CaptureQueriesContext(connection) as many:
            client.get(HOME)
        assert len(many) == len(few)


class TestBeginning:
    def test_the_practice_says_something_of_itself_then_asks_colleagues(self, make_round, as_, user):
        current = make_round()
        client = as_("coordinator")
        url = f"{HOME}beginnen/{current.pk}/thuis-aan-de-ijssel/"
        assert "Welke woonvormen biedt jullie praktijk aan?" in text(client.get(url))
        wrong = client.post(url, {"Q1": ["verspreid"], "Q2": "verhuurder", "Q3": "-1"})
        assert (wrong.status_code, "form-field__errors" in text(wrong)) == (200, True)
        assert re.search(r'value="verspreid"[^>]*checked', text(wrong))
        answer = client.post(url, {"Q1": ["verspreid"], "Q2": "verhuurder", "Q3": "12"})
        assessment = Assessment.objects.get(round=current)
        assert assessment.profile == {"Q1": ["verspreid"], "Q2": "verhuurder", "Q3": 12}
        assert answer.url == f"{HOME}{assessment.key}/beoordelaars/"
        page = text(client.get(answer.url))
        assert "Vraag minstens 3 mensen" in page
        assert "Daan" not in page
        client.post(answer.url, {"users": [user("lid").pk, user("fatima").pk]})
        assert RaterResponse.objects.filter(assessment=assessment).count() == 2
        assert "Sanne" not in text(client.get(answer.url))

    def test_nobody_begins_for_another_practice_or_in_a_closed_round(self, make_round, as_, monkeypatch):
        current, over = make_round(), make_round(began=90)
        client = as_("coordinator")
        assert client.get(f"{HOME}beginnen/{current.pk}/thuis-in-twente/").status_code == 404
        assert client.get(f"{HOME}beginnen/{over.pk}/thuis-aan-de-ijssel/").status_code == 404
        assert as_("lid").get(f"{HOME}beginnen/{current.pk}/thuis-aan-de-ijssel/").status_code == 404
        monkeypatch.setattr(AssessmentRound, "is_open", lambda self, today: False)
        answer = as_("coordinator").post(
            f"{HOME}beginnen/{current.pk}/thuis-aan-de-ijssel/",
            {"Q1": ["verspreid"], "Q2": "wisselt", "Q3": 1},
            follow=True,
        )
        assert "Deze ronde is net gesloten." in text(answer)

    def test_what_the_practice_said_of_itself_can_be_changed(self, begin, as_):
        assessment = begin()
        url = f"{HOME}{assessment.key}/praktijk/"
        assert 'value="20"' in text(as_("coordinator").get(url))
        as_("coordinator").post(url, {"Q1": ["verspreid", "geclusterd"], "Q2": "aanbieder", "Q3": 21})
        assessment.refresh_from_db()
        assert assessment.profile["Q3"] == 21
        assert as_("lid").get(url).status_code == 404


class TestTheTeam:
    def test_a_coordinator_sees_how_many_handed_in_and_no_names(self, begin, fill, as_):
        assessment = begin()
        fill(assessment, "lid", "3")
        fill(assessment, "fatima", "3", hand_in=False)
        page = text(as_("coordinator").get(assessment.get_absolute_url()))
        main = page[page.index("<main") :]
        assert "1 van 2 formulieren zijn ingeleverd" in main
        assert "Sanne" not in main
        assert "Fatima" not in main
        answer = as_("coordinator").post(f"{assessment.get_absolute_url()}herinneren/", follow=True)
        assert "1 collega krijgt een bericht" in text(answer)
        assert as_("lid").post(f"{assessment.get_absolute_url()}herinneren/").status_code == 404

    def test_somebody_who_was_not_asked_may_join_until_the_conversation(self, begin, talk, as_):
        assessment = begin()
        url = assessment.get_absolute_url()
        assert "Vul jouw formulier in" in text(as_("lid").get(url))
        answer = as_("lid").post(f"{url}meedoen/")
        assert answer.url == RaterResponse.objects.get(assessment=assessment).get_absolute_url()
        assert "Ga verder met jouw formulier" in text(as_("lid").get(url))
        talk(assessment)
        assert "de formulieren zijn dicht" in text(as_("coordinator").post(f"{url}meedoen/", follow=True))

    def test_with_few_forms_it_asks_once_whether_to_go_on(self, begin, fill, as_):
        assessment = begin()
        url = assessment.get_absolute_url()
        fill(assessment, "lid", "3")
        client = as_("coordinator")
        assert "kan niemand zijn formulier nog wijzigen" in text(client.get(f"{url}gesprek/"))
        answer = client.post(f"{url}gesprek/")
        assert "Er is 1 formulier ingeleverd" in text(answer)
        assert "Bespreek nu samen de antwoorden" in text(client.post(f"{url}gesprek/", {"sure": "1"}, follow=True))
        assert client.get(f"{url}gesprek/").status_code == 404
        assert "Open de formulieren weer" in text(client.get(url))
        client.post(f"{url}stap-terug/")
        assessment.refresh_from_db()
        assert assessment.state == State.OPEN

    def test_the_conversation_shows_what_raters_said_and_begins_with_what_they_agree_on(self, begin, talk, as_):
        assessment = talk(begin(), "3", "3", "3")
        page = text(as_("lid").get(f"{assessment.get_absolute_url()}afspreken/A/"))
        assert "Jullie zijn het eens." in page
        assert "3× 3" in page
        assert re.search(r'id="A1-3" value="3" checked', page)
        assert not Consensus.objects.filter(assessment=assessment).exists()

    def test_a_missing_note_and_what_a_colleague_agreed_meanwhile_come_back_beside_the_item(self, begin, talk, as_):
        assessment = talk(begin(), "2", "4", "3")
        url = f"{assessment.get_absolute_url()}afspreken/A/"
        answer = as_("lid").post(url, sent(A1="3"))
        assert (answer.status_code, "Schrijf kort waarom jullie hierop uitkwamen" in text(answer)) == (400, True)
        save = f"{assessment.get_absolute_url()}afspreken/bewaren/"
        refused = as_("lid").post(save, {"code": "A1", "choice": "3"})
        assert (refused.status_code, refused.json()["reason"]) == (400, "note_missing")
        kept = as_("lid").post(save, {"code": "A1", "choice": "3", "note": "Na overleg.", "version": "0"})
        assert kept.json()["version"] == 1
        stale = as_("fatima").post(save, {"code": "A1", "choice": "4", "note": "Toch meer.", "version": "0"})
        assert (stale.status_code, stale.json()["note"], stale.json()["label"]) == (409, "Na overleg.", "Meestal")
        page = as_("fatima").post(url, {**sent(A1="4"), "note-A1": "Toch meer."})
        assert page.status_code == 409
        assert "(Na overleg.)" in text(page)
        assert "Toch meer." in text(page)
        assert as_("lid").post(url, {**sent(A1=("3", 1)), "note-A1": "Na overleg."}).url.endswith("/afspreken/B/")

    def test_finishing_shows_what_is_open_and_leads_to_the_report(self, begin, talk, agreed, as_):
        assessment = talk(begin())
        agreed(assessment, {"A1": "3", "A2": "3", "A3": "3", "B1": "3", "B2": "3"})
        url = assessment.get_absolute_url()
        client = as_("coordinator")
        assert "Over 1 vraag is nog niets afgesproken" in text(client.get(url))
        page = text(client.get(f"{url}afronden/"))
        assert "Over 1 vraag is niets afgesproken" in page
        assert "B3. " in page
        answer = client.post(f"{url}afronden/", {"shares": "on"}, follow=True)
        assert "Klaar. Dit is jullie rapport." in text(answer)
        assert SharingConsent.objects.filter(practice=assessment.practice, withdrawn_at=None).exists()
        client.post(f"{url}meetellen/", {})
        assert not SharingConsent.objects.filter(practice=assessment.practice, withdrawn_at=None).exists()
        assert client.get(f"{url}afronden/").status_code == 404
        late = as_("lid").post(f"{url}afspreken/bewaren/", {"code": "B3", "choice": "3"})
        assert late.status_code == 404

    def test_a_final_assessment_is_opened_with_a_reason_and_both_reports_can_be_read(
        self, begin, finish, agreed, as_, make_round
    ):
        report = finish(begin())
        url = report.assessment.get_absolute_url()
        client = as_("coordinator")
        assert "form-field__errors" in text(client.post(f"{url}heropenen/", {"reason": "kort"}))
        client.post(f"{url}heropenen/", {"reason": "Eén antwoord was verwisseld."})
        agreed(Assessment.objects.with_everything().get(pk=report.assessment_id), "4")
        client.post(f"{url}afronden/", {})
        page = text(client.get(f"{url}rapport/"))
        assert "Eén antwoord was verwisseld." in page
        assert "versie 2" in page
        assert 'data-number="overall">4,00' in page
        assert 'data-number="overall">3,00' in text(client.get(f"{url}rapport/?versie=1"))
        assert client.get(f"{url}rapport/?versie=7").status_code == 404
        assert client.get(f"{url}rapport/?versie=x").status_code == 200

    def test_the_log_names_who_agreed_and_knows_those_who_left(self, begin, finish, as_, user):
        from thuisbasis.accounts.privacy import erase_person

        report = finish(begin())
        url = f"{report.assessment.get_absolute_url()}logboek/"
        page = text(as_("lid").get(url))
        assert "Afgesproken antwoord A1" in page
        assert "Joris Verzonnen" in page
        erase_person(user=user("coordinator"), now=timezone.now())
        page = text(as_("lid").get(url))
        assert "Joris" not in page[page.index("<main") :]


def test_the_dashboard_shows_what_waits_and_nothing_when_nothing_does(as_, begin, talk, user):
    page = text(as_("lid").get("/leden/"))
    assert "vul je formulier in" in page
    assert "Met de corporatie praten" not in page
    assert "bijna klaar?" in text(as_("coordinator").get("/leden/"))
    assert "vul je formulier in" not in text(as_("daan").get("/leden/"))
    talk(begin())
    assert "samen afspreken" in text(as_("fatima").get("/leden/"))
    assert "Zelfevaluatie</h" not in text(as_("redactie").get("/leden/"))
