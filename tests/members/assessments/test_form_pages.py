"""The pages of a rater's own form, with and without JavaScript."""

import io
import re

import pytest
from assessment_pages import HOME, section, sent, text
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from members.assessments.models import (
    Answer,
)
from members.assessments.services import begin_conversation

pytestmark = [pytest.mark.django_db, pytest.mark.once]


class TestOnesOwnForm:
    @pytest.fixture
    def form(self, begin, fill):
        return fill(begin(), "lid", "", hand_in=False)

    def test_somebody_says_as_what_he_answers_and_goes_to_what_is_left(self, form, as_):
        client = as_("lid")
        page = text(client.get(form.get_absolute_url()))
        assert "0 van 6 vragen beantwoord" in page
        assert "6 vragen staan nog open" in page
        answer = client.post(form.get_absolute_url(), {"role": "begeleider"})
        assert answer.url == section(form)
        client.post(form.get_absolute_url(), {"role": "onzin"})
        form.refresh_from_db()
        assert form.role == "begeleider"

    def test_a_section_is_saved_without_javascript_and_leads_to_the_next(self, form, as_):
        client = as_("lid")
        answer = client.post(section(form), sent(A1="3", A2="4", A3="?"))
        assert answer.url == section(form, "B")
        kept = {row.item_code: row.choice for row in Answer.objects.filter(response=form)}
        assert kept == {"A1": "3", "A2": "4", "A3": "?"}
        answer = client.post(section(form, "B"), {**sent(B1="3"), "next": "done"})
        assert answer.url == form.get_absolute_url()
        assert client.post(section(form, "B"), sent(B1=("3", 1))).url == form.get_absolute_url()

    def test_full_text_of_each_answer_help_and_last_time_stand_at_each_item(self, begin, finish, make_round, fill, as_):
        finish(begin(make_round(began=40)), "4")
        form = fill(begin(make_round(began=5)), "lid", "", hand_in=False)
        page = text(as_("lid").get(section(form)))
        item = form.assessment.version.questionnaire.items[0]
        for words in (item.text, item.help, *(option.text for option in item.options)):
            assert words in page
        assert "Vorige keer spraken jullie af: Vast onderdeel van ons werk" in page
        assert "checked" not in page[page.index("<main") :]
        assert page.count("<fieldset") == 3

    def test_z06_without_javascript_both_values_come_back_with_everything_typed(self, form, as_):
        client = as_("lid")
        client.post(section(form), sent(A1="3"))
        client.post(section(form), sent(A1=("4", 1)))
        answer = client.post(section(form), {**sent(A1=("2", 1), A2="3")})
        page = text(answer)
        assert answer.status_code == 409
        assert "Intussen is dit ergens anders ingevuld: <strong>Vast onderdeel van ons werk</strong>" in page
        assert re.search(r'id="A1-2" value="2" checked', page)
        assert 'name="version-A1" value="2"' in page
        assert Answer.objects.get(response=form, item_code="A2").choice == "3"
        assert client.post(section(form), sent(A1=("2", 2), A2=("3", 1))).status_code == 302
        assert Answer.objects.get(response=form, item_code="A1").choice == "2"

    def test_a_refused_answer_is_explained_beside_its_item_and_nothing_is_lost(self, form, as_):
        client = as_("lid")
        answer = client.post(section(form), {**sent(A1="NA", A2="9", A3="NA"), "reason-A1": "kort"})
        named = client.post(section(form), {**sent(A1="NA"), "reason-A1": "Bel 06-12345678 van die bewoner."})
        assert "lijkt op een telefoonnummer" in text(named)
        assert "Bel 06-12345678 van die bewoner." in text(named)
        page = text(answer)
        assert answer.status_code == 400
        assert "Schrijf in minstens tien letters" in page
        assert 'value="kort"' in page
        assert "Kies een van de antwoorden die hieronder staan" in page
        assert "Bij deze vraag kan “niet van toepassing” niet" in page

    def save(self, client, form, **data):
        return client.post(f"{HOME}formulier/{form.key}/bewaren/", data)

    def test_z05_one_answer_is_saved_at_once_and_says_how_far_one_is(self, form, as_):
        client = as_("lid")
        answer = self.save(client, form, code="A1", choice="3", version=0)
        assert answer.json() == {"version": 1, "percent": 16, "text": "1 van 6 vragen beantwoord"}
        stale = self.save(client, form, code="A1", choice="2", version=0)
        assert stale.status_code == 409
        assert stale.json() == {"choice": "3", "label": "Meestal", "reason": "", "note": "", "version": 1}
        refused = self.save(client, form, code="A1", choice="NA", version=1)
        assert (refused.status_code, refused.json()["reason"]) == (400, "reason_missing")
        named = self.save(client, form, code="A1", choice="NA", version=1, reason="Piet woont er, bel 06-12345678.")
        assert (named.status_code, named.json()["reason"]) == (400, "traces")
        assert "“06-12345678” lijkt op een telefoonnummer" in named.json()["error"]
        assert self.save(client, form, code="Z9", choice="3").status_code == 400
        assert self.save(client, form, code="A1", choice="3", version="99999999999").status_code == 200
        assert client.get(f"{HOME}formulier/{form.key}/bewaren/").status_code == 405

    def test_after_handing_in_it_can_be_taken_back_until_the_conversation(self, form, as_, user, visitor, now):
        client = as_("lid")
        url = form.get_absolute_url()
        answer = client.post(f"{url}inleveren/", follow=True)
        assert "Bedankt, je formulier is ingeleverd" in text(answer)
        assert client.get(section(form)).status_code == 404
        assert self.save(client, form, code="A1", choice="3").status_code == 404
        assert "Je formulier is ingeleverd" in text(client.get(url))
        assert "Je formulier is weer open" in text(client.post(f"{url}terugnemen/", follow=True))
        begin_conversation(
            assessment=form.assessment, is_sure=True, actor=user("coordinator"), visitor=visitor("coordinator"), now=now
        )
        client = as_("lid")
        assert "de formulieren zijn dicht" in text(client.post(f"{url}inleveren/", follow=True))
        assert "Je formulier is dicht" in text(client.get(url))

    def test_z07_another_raters_form_and_answers_are_nowhere_before_the_conversation(self, form, begin, fill, as_):
        other = fill(form.assessment, "fatima", {"A1": "NA", "A2": "3"})
        client = as_("lid")
        for url in (other.get_absolute_url(), section(other), f"{HOME}formulier/{other.key}/bewaren/"):
            assert client.get(url).status_code in (404, 405)
        assert client.post(f"{HOME}formulier/{other.key}/bewaren/", {"code": "A1", "choice": "3"}).status_code == 404
        for url in (
            HOME,
            form.assessment.get_absolute_url(),
            f"{form.assessment.get_absolute_url()}logboek/",
            section(form),
        ):
            assert "Dat speelt bij ons niet." not in text(client.get(url))
        assert client.get(f"{form.assessment.get_absolute_url()}afspreken/A/").status_code == 404

    def test_an_unknown_section_is_nothing(self, form, as_):
        assert as_("lid").get(section(form, "Q")).status_code == 404

    def test_a_form_on_paper_is_an_empty_pdf_and_can_be_copied(self, form, as_):
        client = as_("lid")
        answer = client.get(f"{form.assessment.get_absolute_url()}formulier.pdf")
        pdf = PdfReader(io.BytesIO(answer.content))
        paper = " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split())
        assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
        for item in form.assessment.version.questionnaire.items:
            assert item.text in paper
            assert item.options[0].text in paper
        answer = client.post(f"{form.assessment.get_absolute_url()}van-papier/", follow=True)
        assert "Een papieren formulier overnemen" in text(answer)
        assert "Formulier van papier 1" in text(client.get(form.assessment.get_absolute_url()))


def test_a_save_asks_the_database_as_often_however_much_was_answered(begin, fill, as_):
    form = fill(begin(), "lid", "", hand_in=False)
    client, url = as_("lid"), f"{HOME}formulier/{form.key}/bewaren/"
    client.post(url, {"code": "A1", "choice": "3", "version": 0})
    counts = []
    for code in ("A2", "A3", "B1", "B2"):
        with CaptureQueriesContext(connection) as asked:
            assert client.post(url, {"code": code, "choice": "3", "version": 0}).status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1
    assert counts[0] <= 17
