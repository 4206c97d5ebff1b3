"""The conversation of the team: one answer per item."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from members.assessments.agreement import Agreement
from members.assessments.models import Assessment, Consensus, EntryModel, Evidence
from members.assessments.policies import State
from members.assessments.services import Entry, NotAtThisMoment, agree, spreads_of
from members.assessments.views.answering import before_text, last_answers
from members.assessments.views.common import AssessmentMixin
from members.assessments.views.sections import EntriesView, Row, SaveEntryMixin
from thuisbasis.network.refusals import NotForYou


def agreement_text(agreement: Agreement) -> str:
    """Return how far the raters agree, in words."""
    return {
        Agreement.TOO_FEW: _("Te weinig antwoorden om te vergelijken"),
        Agreement.AGREE: _("Jullie zijn het eens"),
        Agreement.NEARLY: _("Jullie zijn het bijna eens"),
        Agreement.DISCUSS: _("Hier is iets te bespreken"),
    }[agreement]


class ConsensusMixin(EntriesView, AssessmentMixin):
    """A page of what the team agrees on."""

    has_note = True

    def may_enter(self) -> bool:
        """Let in who works there, while the conversation goes on."""
        return AssessmentMixin.may_enter(self) and self.assessment.state == State.CONSENSUS

    def entries(self) -> dict[str, Any]:
        """Return what was agreed so far."""
        return {row.item_code: row for row in Consensus.objects.filter(assessment=self.assessment)}

    def keep(self, entry: Entry) -> EntryModel:
        """Keep what was agreed."""
        return agree(assessment=self.assessment, entry=entry, actor=self.user, visitor=self.visitor, now=self.now)

    def section_url(self, code: str) -> str:
        """Return the address of a section."""
        return reverse("assessments:agree", args=[self.assessment.key, code])

    def save_url(self) -> str:
        """Return where one answer is saved."""
        return reverse("assessments:save_consensus", args=[self.assessment.key])

    def done_url(self) -> str:
        """Return the page of the team."""
        return self.assessment.get_absolute_url()


class AgreeView(ConsensusMixin):
    """One section of the conversation."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Put beside each item what the raters said, what was agreed the last time, and what it points to."""
        self.spreads = spreads_of(assessment=self.assessment)
        self.last = last_answers(self.assessment)
        self.evidence = evidence_by_item(self.assessment)
        return super().get_context_data(back_label=_("Naar het overzicht van de zelfevaluatie"), **kwargs)

    def beside(self, row: Row) -> None:
        """Add the raters' answers, and begin with theirs when everybody says the same."""
        spread = self.spreads.get(row.item.code)
        row.before = before_text(self.last, row, self.assessment)
        row.evidence = tuple(self.evidence.get(row.item.code, ()))
        if spread is None:
            return
        row.spread, row.spread_text = spread, agreement_text(spread.agreement)
        if not row.version and not row.choice and not row.error:
            row.choice = spread.prefill


class SaveConsensusView(SaveEntryMixin, ConsensusMixin):
    """What the team agrees on, saved at once."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it while the conversation goes on."""
        try:
            return super().post(request, *args, **kwargs)
        except NotAtThisMoment:
            raise NotForYou from None


def evidence_by_item(assessment: Assessment) -> dict[str, list[Evidence]]:
    """Return what the team points to, by code of the item."""
    found: dict[str, list[Evidence]] = {}
    for row in Evidence.objects.filter(assessment=assessment).select_related("file", "document"):
        found.setdefault(row.item_code, []).append(row)
    return found
