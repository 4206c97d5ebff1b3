"""The pages of what an assessment comes to: report, evidence, the view from outside, the network."""

import io
import re

import pytest
from assessment_pages import HOME, sent, text
from django.utils import timezone
from upload_corpus import docx

from members.assessments.models import (
    Assessment,
    Benchmark,
    BuddyOffer,
    Evidence,
    ImprovementAction,
    PeerReview,
    Report,
)
from members.assessments.policies import State
from members.assessments.services import close_round
from members.library.models import Document
from thuisbasis.accounts.models import AuditAction

pytestmark = [pytest.mark.django_db, pytest.mark.once]


class TestTheReportPage:
    @pytest.fixture
    def finished(self, begin, finish):
        return finish(begin(), {"A1": "2", "A2": "3", "A3": "4", "B1": "3", "B2": "3", "B3": "3"})

    def test_an_action_is_agreed_from_a_low_item_and_followed_to_its_end(self, finished, as_, user, audit_log):
        url = finished.assessment.get_absolute_url()
        client = as_("lid")
        assert "acties/nieuw/?vraag=A1" in text(client.get(f"{url}rapport/"))
        page = text(client.get(f"{url}acties/nieuw/?vraag=A1"))
        assert re.search(r'value="A1" id="\w+" checked|id="\w+" checked', page)
        data = {
            "title": "Wensen vragen",
            "item_codes": ["A1"],
            "owner": user("fatima").pk,
            "due_date": "2030-03-01",
            "plan": "",
        }
        private = client.post(f"{url}acties/nieuw/", {**data, "plan": "Bel 06-12345678 van bewoner"})
        assert private.status_code == 200
        assert not ImprovementAction.objects.filter(assessment=finished.assessment).exists()
        client.post(f"{url}acties/nieuw/", {**data, "plan": "Bel 06-12345678 van de corporatie", "sure": "on"})
        (_at, _who, _about, _practice, detail) = audit_log(AuditAction.PRIVACY_OVERRIDDEN)[-1]
        assert "phone" in detail
        action = ImprovementAction.objects.get(assessment=finished.assessment)
        assert "Wensen vragen" in text(client.get(f"{url}rapport/"))
        change = {**data, "state": "done", "do": "", "check_text": "", "act": ""}
        answer = client.post(action.get_absolute_url(), change)
        assert "Schrijf eerst of het hielp" in text(answer)
        paper = Document.objects.filter(practice=finished.assessment.practice).available().first()
        change |= {"check_text": "Ja.", "documents": [paper.pk] if paper else []}
        assert client.post(action.get_absolute_url(), change).status_code == 302
        action.refresh_from_db()
        assert (action.state, action.check_text) == ("done", "Ja.")
        assert "Wensen vragen" in text(client.get(action.get_absolute_url()))
        assert as_("daan").get(action.get_absolute_url()).status_code == 404

    def test_an_owner_from_elsewhere_is_refused_beside_the_field(self, finished, as_, user):
        url = f"{finished.assessment.get_absolute_url()}acties/nieuw/"
        data = {"title": "x", "item_codes": ["A1"], "owner": user("daan").pk, "due_date": "2030-03-01"}
        assert as_("lid").post(url, data).status_code == 200
        assert not ImprovementAction.objects.filter(title="x").exists()

    def test_a_coordinator_says_what_others_may_ask_about(self, finished, as_):
        url = finished.assessment.get_absolute_url()
        assert "Mogen anderen jullie iets vragen?" in text(as_("coordinator").get(f"{url}rapport/"))
        assert "Mogen anderen jullie iets vragen?" not in text(as_("lid").get(f"{url}rapport/"))
        as_("coordinator").post(f"{url}meedenken/", {"item": ["A3", "A1"]})
        mine = BuddyOffer.objects.filter(practice=finished.assessment.practice)
        assert [row.item_code for row in mine] == ["A3"]

    def test_z11_why_there_is_no_comparison_is_said(self, finished, as_):
        url = f"{finished.assessment.get_absolute_url()}rapport/"
        assert "kan als de ronde is gesloten" in text(as_("lid").get(url))
        close_round(assessment_round=finished.assessment.round, now=timezone.now())
        assert "te weinig andere praktijken mee om te vergelijken" in text(as_("lid").get(url))
        row = Benchmark.objects.get(round=finished.assessment.round, practice=finished.assessment.practice)
        for reason, words in (
            ("one_provider", "bij één zorgaanbieder"),
            ("too_few_providers", "te weinig zorgaanbieders"),
        ):
            row.content = {"": {"count": 6, "reason": reason, "values": [None, None, None]}}
            row.save()
            assert words in text(as_("lid").get(url))

    def test_z19_another_practice_finds_nothing_on_any_address(self, finished, as_):
        url = finished.assessment.get_absolute_url()
        parts = ["", "rapport/", "rapport.pdf", "rapport.csv", "logboek/", "formulier.pdf", "acties/nieuw/"]
        for who in ("daan", "lotte", "redactie", "beheer", "stuurgroep", "onderzoeker", "bruxelles"):
            client = as_(who)
            assert [client.get(f"{url[:-1]}/{part}").status_code for part in parts] == [404] * len(parts)
        client = as_("daan")
        assert client.get(f"/zoeken/?q={finished.assessment.round.title}").status_code == 200
        assert str(finished.assessment.practice) not in text(client.get(HOME))

    def test_without_the_printing_library_one_lands_on_the_page_that_prints(self, finished, as_, monkeypatch):
        import sys

        monkeypatch.setitem(sys.modules, "weasyprint", None)
        monkeypatch.setattr("thuisbasis.base.paper.as_pdf", None)

        def broken(*args, **kwargs):
            from thuisbasis.base.paper import CannotPrint

            raise CannotPrint

        monkeypatch.setattr("members.assessments.views.reporting.as_pdf", broken)
        monkeypatch.setattr("members.assessments.views.reporting.paper_form", broken)
        url = finished.assessment.get_absolute_url()
        assert as_("lid").get(f"{url}rapport.pdf").url == f"{url}rapport/"
        assert as_("lid").get(f"{url}formulier.pdf").url == url


class TestEvidencePages:
    @pytest.fixture
    def url(self, begin):
        return f"{begin().get_absolute_url()}bewijs/"

    def test_a_file_or_a_document_is_added_and_taken_away(self, url, as_, visitor):
        client = as_("lid")
        assert "Nooit met gegevens van bewoners" in text(client.get(f"{url}A1/"))
        for data in ({"is_clean": "on"}, {}):
            answer = client.post(f"{url}A1/", data)
            assert (answer.status_code, "form-field__errors" in text(answer)) == (200, True)
        file = io.BytesIO(docx("Afspraak"))
        file.name = "afspraak.docx"
        answer = client.post(f"{url}A1/", {"file": file, "title": "Afspraak", "is_clean": "on"}, follow=True)
        assert "Afspraak" in text(answer)
        paper = Document.objects.open_to(visitor("lid")).filter(audience="network").first()
        answer = client.post(f"{url}A1/", {"document": paper.pk, "is_clean": "on"}, follow=True)
        assert paper.title in text(answer)
        row = Evidence.objects.get(title="Afspraak")
        client.post(f"{url}{row.key}/weg/")
        assert not Evidence.objects.filter(pk=row.pk).exists()
        assert client.post(f"{url}{row.key}/weg/").status_code == 404

    def test_a_wrong_a_large_and_an_unkeepable_file_are_explained(self, url, as_, monkeypatch):
        from members.assessments.services import EvidenceIsTooLarge
        from members.assessments.views import improving
        from thuisbasis.files.services import StorageIsFull

        def send():
            file = io.BytesIO(b"MZ" + b"\0" * 90)
            file.name = "spel.exe"
            return text(as_("lid").post(f"{url}A1/", {"file": file, "is_clean": "on"}))

        assert "Dit soort bestand" in send()
        for error, words in ((EvidenceIsTooLarge, "groter dan 20 MB"), (StorageIsFull, "nu niet bewaren")):

            def refuse(error=error, **kwargs):
                raise error

            monkeypatch.setattr(improving, "add_evidence_file", refuse)
            assert words in send()

    def test_there_is_nothing_for_an_unknown_item_or_after_the_end(self, url, as_, finish):
        assert as_("lid").get(f"{url}Z9/").status_code == 404
        assessment = Assessment.objects.with_everything().get(key=url.split("/")[3])
        finish(assessment)
        assert as_("lid").get(f"{url}A1/").status_code == 404


class TestTheViewFromOutside:
    def test_it_goes_from_asking_to_sharing(self, begin, talk, as_, user):
        assessment = talk(begin())
        url = assessment.get_absolute_url()
        lead = as_("coordinator")
        page = text(lead.get(f"{url}meekijker/"))
        assert "Ruben" in page
        assert "Lotte" not in page
        assert lead.post(f"{url}meekijker/", {"reviewer": user("lotte").pk}).status_code == 200
        lead.post(f"{url}meekijker/", {"reviewer": user("ruben").pk})
        review = PeerReview.objects.get(assessment=assessment)
        own = review.get_absolute_url()
        assert "is gevraagd" in text(as_("coordinator").get(url))
        assert as_("coordinator").get(own).status_code == 404
        reviewer = as_("ruben")
        assert "De antwoorden van de praktijk zie je niet" in text(reviewer.get(own))
        page = text(reviewer.get(f"{own}A/"))
        assert "Jullie antwoordden" not in page
        assert (
            reviewer.post(f"{own}bewaren/", {"code": "A1", "choice": "2", "note": "Mooi.", "version": 0}).json()[
                "version"
            ]
            == 1
        )
        assert reviewer.post(f"{own}A/", {**sent(A1=("2", 1), A2="3"), "note-A1": "Mooi."}).url == f"{own}B/"
        assert "form-field__errors" in text(reviewer.post(own, {"summary": ""}))
        reviewer.post(own, {"summary": "Een warm team.", "visit_date": "2026-02-03"})
        assert reviewer.get(f"{own}A/").status_code == 404
        assert reviewer.post(f"{own}bewaren/", {"code": "A1", "choice": "3", "version": 1}).status_code == 404
        lead = as_("coordinator")
        page = text(lead.get(own))
        assert "Een warm team." in page
        assert "Mooi." in page
        assert "Kloppen de feiten?" in page
        assert "Delen kan pas" in text(lead.post(f"{own}delen/", {"share": "1"}, follow=True))
        assert "Wacht daarop" in text(lead.post(f"{url}afronden/", {}, follow=True))
        assert "er kijkt nog iemand mee" in text(lead.post(f"{url}stap-terug/", follow=True))
        assert "al ingeleverd" in text(lead.post(f"{url}meekijker/intrekken/", follow=True))
        lead.post(own, {"remark": "Zes woningen, geen acht."})
        page = text(as_("ruben").get(own))
        assert "Zes woningen, geen acht." in page
        as_("ruben").post(own, {"summary": "Een warm team, zes woningen."})
        lead = as_("coordinator")
        assert "Alleen jullie praktijk" in text(lead.get(own))
        lead.post(f"{own}delen/", {"share": "1"})
        assert "Een warm team, zes woningen." in text(as_("daan").get(own))
        assert "Blikken van buiten die praktijken deelden" in text(as_("daan").get(HOME))
        as_("coordinator").post(f"{url}afronden/", {})
        assert "De blik van buiten telt niet mee in de cijfers" in text(as_("lid").get(f"{url}rapport/"))

    def test_the_question_is_taken_back(self, begin, talk, as_, user):
        assessment = talk(begin())
        url = assessment.get_absolute_url()
        as_("coordinator").post(f"{url}meekijker/", {"reviewer": user("ruben").pk})
        as_("coordinator").post(f"{url}meekijker/intrekken/")
        assessment.refresh_from_db()
        assert (assessment.state, PeerReview.objects.filter(assessment=assessment).exists()) == (State.CONSENSUS, False)
        assert as_("coordinator").post(f"{url}meekijker/intrekken/").status_code == 404

    def test_remarks_after_two_weeks_are_too_late(self, begin, talk, as_, user, monkeypatch):
        assessment = talk(begin())
        as_("coordinator").post(f"{assessment.get_absolute_url()}meekijker/", {"reviewer": user("ruben").pk})
        review = PeerReview.objects.get(assessment=assessment)
        as_("ruben").post(review.get_absolute_url(), {"summary": "Warm."})
        PeerReview.objects.update(check_until_date="2020-01-01")
        answer = as_("coordinator").post(review.get_absolute_url(), {"remark": "Klopt niet."}, follow=True)
        assert "de twee weken om na te kijken zijn voorbij" in text(answer)


class TestTheNetwork:
    def test_the_steering_group_and_researchers_see_the_middle_and_never_a_practice(self, as_):
        url = f"{HOME}netwerk/"
        for who in ("stuurgroep", "onderzoeker"):
            page = text(as_(who).get(url))
            main = page[page.index("<main") : page.index("</main")]
            assert re.search(r"12 van \d+ praktijken begonnen, 12 rondden af", main)
            assert main.count('role="img"') == 3
            for practice in Report.objects.values_list("assessment__practice__name", flat=True).distinct():
                assert practice not in main
        for who in ("lid", "redactie", "beheer"):
            assert as_(who).get(url).status_code == 404

    def test_the_reason_is_said_where_the_rules_allow_no_figure(self, as_, make_round, finish, begin):
        current = make_round()
        finish(begin(current))
        close_round(assessment_round=current, now=timezone.now())
        assert "te weinig andere praktijken" in text(as_("stuurgroep").get(f"{HOME}netwerk/"))

    def test_before_the_first_round_it_says_who_makes_one(self, as_, monkeypatch):
        from members.assessments.views import reporting

        monkeypatch.setattr(reporting, "network_rounds", list)
        assert "Er is nog geen ronde geweest" in text(as_("stuurgroep").get(f"{HOME}netwerk/"))
