"""A rater's own form."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.assessments.models import Answer, EntryModel, RaterResponse, Report
from members.assessments.policies import FINISHED, State, may_read_text
from members.assessments.services import (
    AnswersAreClosed,
    Entry,
    FormIsHandedIn,
    choose_role,
    save_answer,
    submit_response,
    take_back,
)
from members.assessments.views.common import overview_link
from members.assessments.views.sections import EntriesView, Row, SaveEntryMixin
from thuisbasis.base.components import Link
from thuisbasis.network.refusals import NotForYou


class ResponseMixin(EntriesView):
    """A page of somebody's own form."""

    def may_enter(self) -> bool:
        """Let in who fills it in, while working there."""
        rows = RaterResponse.objects.open_to(self.visitor).filter(key=self.kwargs["key"])
        related = ("assessment__round__version__instrument", "assessment__practice__care_provider")
        found = rows.select_related(*related).first() if super().may_enter() else None
        if found is None or not may_read_text(self.visitor, found.assessment.version):
            return False
        self.response, self.assessment = found, found.assessment
        return True

    @property
    def is_open(self) -> bool:
        """Say whether it can still be changed."""
        return self.response.submitted_at is None and self.assessment.state == State.OPEN

    def entries(self) -> dict[str, Any]:
        """Return one's own answers."""
        return {row.item_code: row for row in Answer.objects.filter(response=self.response)}

    def keep(self, entry: Entry) -> EntryModel:
        """Keep one's own answer."""
        return save_answer(response=self.response, entry=entry, actor=self.user, visitor=self.visitor, now=self.now)

    def section_url(self, code: str) -> str:
        """Return the address of a section."""
        return reverse("assessments:answer", args=[self.response.key, code])

    def save_url(self) -> str:
        """Return where one answer is saved."""
        return reverse("assessments:save_answer", args=[self.response.key])

    def done_url(self) -> str:
        """Return the form's first page."""
        return self.response.get_absolute_url()

    def trail(self) -> list[Link]:
        """Lead back to the practice's assessment."""
        return [overview_link(), Link(label=str(self.assessment), url=self.assessment.get_absolute_url())]


class ResponseView(ResponseMixin):
    """The form's first page: what is left, and handing in."""

    template_name = "members/assessments/response.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show every section with what is left, and each question without an answer."""
        entries = self.entries()
        questionnaire = self.assessment.version.questionnaire
        answered = {code for code, entry in entries.items() if entry.choice}
        steps = self._steps(entries)
        open_items = [
            (step.url, item)
            for step in steps
            for item in self._asked(step.section)
            if item.is_required and item.code not in answered
        ]
        # The first page shows no section of its own.
        return super(EntriesView, self).get_context_data(
            title=_("Jouw formulier") if not self.response.is_on_paper else _("Een papieren formulier overnemen"),
            response=self.response,
            assessment=self.assessment,
            version=self.assessment.version,
            roles=questionnaire.roles,
            role=self.response.role,
            steps=steps,
            next_step=next((step for step in steps if not step.is_done), None),
            progress=self._progress(steps),
            open_items=open_items,
            is_open=self.is_open,
            state_is_open=self.assessment.state == State.OPEN,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep as what somebody answers."""
        codes = [code for code, _label in self.assessment.version.questionnaire.roles]
        role = request.POST.get("role", "")
        if role in codes:
            choose_role(response=self.response, role=role, visitor=self.visitor)
        steps = self._steps(self.entries())
        following = next((step for step in steps if not step.is_done), None)
        return HttpResponseRedirect(following.url if following else self.done_url())


class AnswerView(ResponseMixin):
    """One section of one's own form."""

    def may_enter(self) -> bool:
        """Send whoever handed in back to the form's first page by not being there."""
        return super().may_enter() and self.is_open

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Put beside each item what the team agreed on the last time."""
        self.last = last_answers(self.assessment)
        return super().get_context_data(back_label=_("Naar het overzicht van je formulier"), **kwargs)

    def beside(self, row: Row) -> None:
        """Add what the team agreed on the last time."""
        row.before = before_text(self.last, row, self.assessment)


class SaveAnswerView(SaveEntryMixin, ResponseMixin):
    """One's own answer, saved at once."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it while the form is open."""
        try:
            return super().post(request, *args, **kwargs)
        except (AnswersAreClosed, FormIsHandedIn):
            raise NotForYou from None


class SubmitView(ResponseMixin):
    """Hand in, or take back."""

    http_method_names = ["post"]
    title = gettext_lazy("Inleveren")
    takes_back = False

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, unless the team went on already."""
        act = take_back if self.takes_back else submit_response
        try:
            act(response=self.response, actor=self.user, visitor=self.visitor, now=self.now)
        except AnswersAreClosed:
            messages.error(request, _("Het gesprek is al begonnen: de formulieren zijn dicht."))
            return HttpResponseRedirect(self.assessment.get_absolute_url())
        if self.takes_back:
            messages.success(request, _("Je formulier is weer open. Vergeet niet om het opnieuw in te leveren."))
            return HttpResponseRedirect(self.done_url())
        messages.success(request, _("Bedankt, je formulier is ingeleverd."))
        return HttpResponseRedirect(self.assessment.get_absolute_url())


def last_answers(assessment: Any) -> Report | None:
    """Return the report of the round before with the same instrument; None in a first round."""
    rows = Report.objects.filter(
        assessment__practice=assessment.practice_id,
        assessment__state__in=FINISHED,
        assessment__round__version__instrument=assessment.version.instrument_id,
        assessment__round__opens_date__lt=assessment.round.opens_date,
    )
    return rows.order_by("-assessment__round__opens_date", "-revision").first()


def before_text(last: Report | None, row: Row, assessment: Any) -> str:
    """Return what the team agreed on the last time, in words."""
    choice = last.content["answers"].get(row.item.code, {}).get("choice", "") if last else ""
    return str(assessment.version.questionnaire.label(row.item, choice)) if choice else ""
