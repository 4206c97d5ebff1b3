"""The steps of an assessment, for who leads it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView

from members.assessments.forms import FinishForm, ReasonForm
from members.assessments.policies import FINISHED, State
from members.assessments.services import (
    NotAtThisMoment,
    TooFewRaters,
    agree_again,
    answer_again,
    begin_conversation,
    choose_sharing,
    make_final,
    missing_items,
    reopen,
    shares_now,
)
from members.assessments.views.common import LeaderMixin


class BeginConversationView(LeaderMixin, TemplateView):
    """Close the forms and look at them together; asks once when there are few."""

    template_name = "members/assessments/sure.html"
    title = gettext_lazy("Met minder mensen verder?")

    def may_enter(self) -> bool:
        """Let in while forms are open."""
        return super().may_enter() and self.assessment.state == State.OPEN

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go on."""
        try:
            begin_conversation(
                assessment=self.assessment,
                is_sure="sure" in request.POST,
                actor=self.user,
                visitor=self.visitor,
                now=self.now,
            )
        except TooFewRaters as few:
            text = ngettext(
                "Er is %(count)d formulier ingeleverd. Ga je nu verder, dan telt de uitkomst niet mee in de "
                "vergelijking met andere praktijken.",
                "Er zijn %(count)d formulieren ingeleverd. Ga je nu verder, dan telt de uitkomst niet mee in de "
                "vergelijking met andere praktijken.",
                few.submitted,
            )
            return self.render_to_response(self.get_context_data(text=text % {"count": few.submitted}))
        messages.success(request, _("De formulieren zijn dicht. Bespreek nu samen de antwoorden."))
        return self.back()


class BackView(LeaderMixin):
    """A step back: to the forms while nothing is agreed, or to the conversation from the view from outside."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go back, or say why not."""
        step = agree_again if self.assessment.state == State.REVIEW else answer_again
        try:
            step(assessment=self.assessment, actor=self.user, visitor=self.visitor, now=self.now)
        except NotAtThisMoment:
            messages.error(request, _("Dat kan nu niet meer: er is al iets afgesproken, of er kijkt nog iemand mee."))
        return self.back()


class FinishView(LeaderMixin, FormView):
    """Make it final, knowing what is still open."""

    template_name = "members/assessments/finish.html"
    form_class = FinishForm
    title = gettext_lazy("Afronden")

    def may_enter(self) -> bool:
        """Let in during the conversation or the view from outside."""
        return super().may_enter() and self.assessment.state in (State.CONSENSUS, State.REVIEW)

    def get_initial(self) -> dict[str, Any]:
        """Start with what the practice chose before."""
        return {"shares": shares_now(self.assessment.practice_id)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what is not agreed on."""
        questionnaire = self.assessment.version.questionnaire
        missing = [questionnaire.item(code) for code in missing_items(assessment=self.assessment)]
        return super().get_context_data(missing=missing, is_scored=questionnaire.is_scored, **kwargs)

    def form_valid(self, form: FinishForm) -> HttpResponse:
        """Make it final, and go to the report."""
        try:
            make_final(
                assessment=self.assessment,
                shares=form.cleaned_data["shares"],
                actor=self.user,
                visitor=self.visitor,
                now=self.now,
            )
        except NotAtThisMoment:
            messages.error(self.request, _("Er kijkt nog iemand van buiten mee. Wacht daarop, of trek je vraag in."))
            return self.back()
        messages.success(self.request, _("Klaar. Dit is jullie rapport."))
        return HttpResponseRedirect(self.assessment.report_url)


class ReopenView(LeaderMixin, FormView):
    """Open what is final again, and say why."""

    template_name = "members/form.html"
    form_class = ReasonForm

    def may_enter(self) -> bool:
        """Let in once it is final."""
        return super().may_enter() and self.assessment.state in FINISHED

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(
            title=_("Iets wijzigen na het afronden"),
            button=_("Open de zelfevaluatie weer"),
            back_url=self.assessment.report_url,
            **kwargs,
        )

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        """Open it."""
        reason = form.cleaned_data["reason"]
        reopen(assessment=self.assessment, reason=reason, actor=self.user, visitor=self.visitor, now=self.now)
        messages.success(self.request, _("Je kunt weer wijzigen. Rond daarna opnieuw af."))
        return self.back()


class SharingView(LeaderMixin):
    """Let outcomes count for others, or no longer."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Choose."""
        choose_sharing(
            practice=self.assessment.practice,
            shares="shares" in request.POST,
            actor=self.user,
            visitor=self.visitor,
            now=self.now,
        )
        messages.success(request, _("Bewaard. Het geldt vanaf de volgende vergelijking."))
        return self.back()
