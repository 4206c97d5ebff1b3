"""Actions, evidence and a view from outside: kept, remembered, and the practice's own."""

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.db import Error, transaction
from django.utils import timezone
from upload_corpus import docx

from members.assessments.models import (
    ActionReminder,
    Assessment,
    BuddyOffer,
    Evidence,
    ImprovementAction,
    Report,
)
from members.assessments.policies import State
from members.assessments.services import (
    CheckIsMissing,
    EvidenceIsTooLarge,
    NotAtThisMoment,
    OwnerIsElsewhere,
    add_action,
    add_evidence_file,
    change_action,
    items_that_go_well,
    offer_to_help,
    point_to_document,
    remind_owners,
    remove_evidence,
)
from members.assessments.services.evidence import LARGEST_EVIDENCE
from members.assessments.services.improving import remind_about
from members.library.models import Document
from thuisbasis.files.inspection import FileIsRefused
from thuisbasis.files.models import StoredFile
from thuisbasis.network.refusals import NotForYou
from thuisbasis.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.once]


class TestActions:
    @pytest.fixture
    def finished(self, begin, finish):
        return Assessment.objects.with_everything().get(pk=finish(begin()).assessment_id)

    @pytest.fixture
    def content(self, user):
        today = timezone.localdate()
        return {"title": "Samen koken", "item_codes": ["A1"], "owner": user("lid"), "due_date": today, "plan": "Klein."}

    @pytest.fixture
    def action(self, finished, content, lead):
        return add_action(assessment=finished, content=content, **lead)

    def change(self, action, who, **changes):
        names = ("title", "item_codes", "owner", "due_date", "plan", "do", "check_text", "act", "state")
        values = {name: getattr(action, name) for name in names}
        change_action(action=action, content={**values, **changes}, **who)
        action.refresh_from_db()
        return action

    def test_an_action_is_of_somebody_of_the_practice_who_hears_of_it(self, action, user):
        assert (action.title, action.item_codes, action.owner, action.state, action.closed_at) == (
            "Samen koken", ["A1"], user("lid"), "todo", None,
        )  # fmt: skip
        assert str(action) == "Samen koken"
        assert [row.user for row in Notice.objects.filter(kind="action_yours")] == [user("lid")]
        assert "Jij zorgt voor de actie “Samen koken”" in mail.outbox[-1].body

    def test_nobody_is_told_of_what_he_agreed_himself_and_nobody_from_elsewhere_gets_one(
        self, finished, content, by, user
    ):
        add_action(assessment=finished, content=content, **by("lid"))
        assert not Notice.objects.filter(kind="action_yours").exists()
        with pytest.raises(OwnerIsElsewhere):
            add_action(assessment=finished, content={**content, "owner": user("daan")}, **by("lid"))
        with pytest.raises(NotForYou):
            add_action(assessment=finished, content=content, **by("daan"))
        Assessment.objects.filter(pk=finished.pk).update(state=State.CONSENSUS)
        finished.refresh_from_db()
        with pytest.raises(NotAtThisMoment):
            add_action(assessment=finished, content=content, **by("lid"))

    def test_z13_it_is_closed_only_with_whether_it_helped_and_can_be_opened_again(self, action, by, now):
        with pytest.raises(CheckIsMissing):
            self.change(action, by("fatima"), state="done", check_text="  ")
        with pytest.raises(Error), transaction.atomic():
            ImprovementAction.objects.filter(pk=action.pk).update(state="done")
        done = self.change(action, by("fatima"), state="done", check_text="Ja, het hielp.")
        assert (done.state, done.closed_at) == ("done", now)
        assert self.change(action, by("fatima"), act="Zo door.").closed_at == now
        again = self.change(action, by("lid"), state="doing")
        assert (again.state, again.closed_at, again.check_text) == ("doing", None, "Ja, het hielp.")

    def test_another_owner_must_work_there_too_and_others_change_nothing(self, action, by, user):
        assert self.change(action, by("lid"), owner=user("fatima")).owner == user("fatima")
        with pytest.raises(OwnerIsElsewhere):
            self.change(action, by("lid"), owner=user("daan"))
        with pytest.raises(NotForYou):
            self.change(action, by("daan"))

    def test_documents_go_along(self, action, by):
        paper = Document.objects.available().first()
        values = {"documents": [paper]}
        assert list(self.change(action, by("lid"), **values).documents.all()) == [paper]
        assert not self.change(action, by("lid")).documents.exists()

    @pytest.mark.parametrize(
        ("offset", "words"), [(-14, "Over twee weken klaar"), (0, "Vandaag klaar"), (14, "Twee weken te laat")]
    )
    def test_the_owner_is_reminded_two_weeks_before_on_the_day_and_two_weeks_after_each_once(
        self, action, now, offset, words
    ):
        mail.outbox.clear()
        day = action.due_date + timedelta(days=offset)
        assert remind_about(today=day, now=now) == 1
        assert remind_about(today=day, now=now) == 0
        assert [(message.to, words in message.body) for message in mail.outbox] == [(["lid@example.nl"], True)]
        assert str(ActionReminder.objects.get()) == f"{action.due_date:%Y-%m-%d} {offset:+d}"

    def test_another_day_reminds_anew_and_what_is_done_or_moved_reminds_nobody(self, action, by, now):
        remind_about(today=action.due_date, now=now)
        later = self.change(action, by("lid"), due_date=action.due_date + timedelta(days=30))
        assert remind_about(today=later.due_date, now=now) == 1
        mail.outbox.clear()
        self.change(action, by("lid"), state="done", check_text="Ja.")
        assert remind_about(today=later.due_date + timedelta(days=14), now=now) == 0
        assert remind_owners.call() == 0

    def test_late_is_what_is_past_its_day_and_not_done(self, action):
        assert not action.is_late(action.due_date)
        assert action.is_late(action.due_date + timedelta(days=1))

    def test_what_goes_well_can_be_offered_and_nothing_else(self, begin, finish, lead, by):
        report = finish(begin(), {"A1": "2", "A2": "3", "A3": "4"})
        report = Report.objects.select_related("assessment__round__version__instrument", "assessment__practice").get(
            pk=report.pk
        )
        assert [item.code for item in items_that_go_well(report)] == ["A2", "A3"]
        assert offer_to_help(report=report, item_codes=["A1", "A2", "A2", "Z9"], **lead) == 1
        assert [str(row) for row in BuddyOffer.objects.filter(instrument=report.assessment.version.instrument)] == [
            f"{report.assessment.practice_id} A2"
        ]
        assert offer_to_help(report=report, item_codes=["A3"], **lead) == 1
        assert [
            row.item_code for row in BuddyOffer.objects.filter(instrument=report.assessment.version.instrument)
        ] == ["A3"]
        with pytest.raises(NotForYou):
            offer_to_help(report=report, item_codes=["A3"], **by("lid"))


class TestEvidence:
    @pytest.fixture
    def assessment(self, begin):
        return begin()

    def file(self, data=None, name="afspraak.docx"):
        file = io.BytesIO(data or docx("Waterkoker"))
        file.name = name
        file.size = len(file.getvalue())
        return file

    def test_z09_a_document_that_somebody_may_see_can_be_pointed_to(self, assessment, by, visitor):
        paper = Document.objects.open_to(visitor("lid")).filter(audience="network").first()
        row = point_to_document(assessment=assessment, item_code="A1", document=paper, **by("lid"))
        assert (row.title, row.document, row.file, str(row)) == (paper.title, paper, None, paper.title)
        hidden = Document.objects.exclude(pk__in=Document.objects.open_to(visitor("lid"))).first()
        assert hidden is not None
        for document, who in ((hidden, "lid"), (paper, "daan")):
            with pytest.raises(NotForYou):
                point_to_document(assessment=assessment, item_code="A1", document=document, **by(who))

    def test_a_file_is_the_practices_alone(self, assessment, by, logged_in, user):
        row = add_evidence_file(assessment=assessment, item_code="A1", title="", file=self.file(), **by("lid"))
        assert row.title == "afspraak.docx"
        url = f"/leden/zelfevaluatie/bewijs/{row.key}/bestand/"
        assert logged_in(user("fatima")).get(url).status_code == 200
        for other in ("daan", "redactie", "stuurgroep"):
            assert logged_in(user(other)).get(url).status_code == 404

    def test_what_may_hold_a_residents_data_or_waits_goes_to_nobody(self, assessment, by, logged_in, user):
        row = add_evidence_file(assessment=assessment, item_code="A1", title="Plan", file=self.file(), **by("lid"))
        url = f"/leden/zelfevaluatie/bewijs/{row.key}/bestand/"
        client = logged_in(user("lid"))
        StoredFile.objects.filter(pk=row.file_id).update(traces=["bsn"])
        assert client.get(url).status_code == 404
        StoredFile.objects.filter(pk=row.file_id).update(traces=[], state="waiting")
        assert client.get(url).status_code == 404

    def test_too_large_or_of_the_wrong_kind_is_refused(self, assessment, by):
        large = self.file()
        large.size = LARGEST_EVIDENCE + 1
        with pytest.raises(EvidenceIsTooLarge):
            add_evidence_file(assessment=assessment, item_code="A1", title="", file=large, **by("lid"))
        with pytest.raises(FileIsRefused):
            add_evidence_file(
                assessment=assessment,
                item_code="A1",
                title="",
                file=self.file(b"MZ" + b"\0" * 90, "x.exe"),
                **by("lid"),
            )

    def test_it_is_taken_away_with_its_file_until_the_report_is_there(self, assessment, by, finish):
        row = add_evidence_file(assessment=assessment, item_code="A1", title="Plan", file=self.file(), **by("lid"))
        with pytest.raises(NotForYou):
            remove_evidence(evidence=row, **by("daan"))
        remove_evidence(evidence=row, **by("fatima"))
        assert not Evidence.objects.filter(assessment=assessment).exists()
        assert not StoredFile.objects.filter(pk=row.file_id).exists() or row.file_id is None
        paper = Document.objects.available().filter(audience="network").first()
        kept = point_to_document(assessment=assessment, item_code="A1", document=paper, **by("lid"))
        remove_evidence(evidence=kept, **by("lid"))
        kept = point_to_document(assessment=assessment, item_code="A1", document=paper, **by("lid"))
        finish(assessment)
        kept = Evidence.objects.select_related("assessment").get(pk=kept.pk)
        with pytest.raises(NotAtThisMoment):
            remove_evidence(evidence=kept, **by("lid"))
