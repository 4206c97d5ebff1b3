"""What the team points to, and what it is going to do."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from members.assessments.forms import ActionForm, EvidenceForm
from members.assessments.models import Evidence, ImprovementAction
from members.assessments.policies import FINISHED
from members.assessments.services import (
    EvidenceIsTooLarge,
    OwnerIsElsewhere,
    add_action,
    add_evidence_file,
    change_action,
    point_to_document,
    remove_evidence,
)
from members.assessments.views.common import AssessmentMixin
from members.assessments.views.team import colleagues_of
from thuisbasis.base.components import Link
from thuisbasis.files.inspection import FileIsRefused
from thuisbasis.files.services import StorageIsFull
from thuisbasis.network.refusals import NotForYou


class EvidenceView(AssessmentMixin, FormView):
    """Point to something for one item."""

    template_name = "members/assessments/evidence.html"
    form_class = EvidenceForm

    def may_enter(self) -> bool:
        """Let in until it is final, for an item that is asked."""
        if not super().may_enter() or self.assessment.state in FINISHED:
            return False
        questionnaire = self.assessment.version.questionnaire
        found = questionnaire.item(self.kwargs["item"])
        if found is None or found not in questionnaire.asked(self.assessment.profile):
            return False
        self.item = found
        return True

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the documents that this person may see."""
        return {**super().get_form_kwargs(), "visitor": self.visitor}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the item, and what is there already."""
        rows = Evidence.objects.filter(assessment=self.assessment, item_code=self.item.code)
        return super().get_context_data(
            title=_("Waar zie je dat aan?"), item=self.item, evidence=rows.select_related("file", "document"), **kwargs
        )

    def form_valid(self, form: EvidenceForm) -> HttpResponse:
        """Keep it, or say beside the field why not."""
        shared: dict[str, Any] = {
            "assessment": self.assessment,
            "item_code": self.item.code,
            "actor": self.user,
            "visitor": self.visitor,
            "now": self.now,
        }
        file = form.cleaned_data["file"]
        try:
            if file:
                add_evidence_file(title=form.cleaned_data["title"], file=file, **shared)
            else:
                point_to_document(document=form.cleaned_data["document"], **shared)
        except EvidenceIsTooLarge:
            form.add_error("file", _("Dit bestand is groter dan 20 MB. Maak het kleiner, of deel het als document."))
        except FileIsRefused as refused:
            form.add_error("file", str(refused))
        except StorageIsFull:
            form.add_error("file", _("We kunnen het bestand nu niet bewaren. Probeer het straks nog eens."))
        if form.errors:
            return self.form_invalid(form)
        messages.success(self.request, _("Toegevoegd."))
        return HttpResponseRedirect(reverse("assessments:evidence", args=[self.assessment.key, self.item.code]))


class RemoveEvidenceView(AssessmentMixin):
    """Take it away."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remove it."""
        rows = Evidence.objects.visible_to(self.visitor).filter(assessment=self.assessment)
        found = rows.select_related("assessment", "file").filter(key=self.kwargs["evidence"]).first()
        if found is None:
            raise NotForYou
        found.assessment = self.assessment
        code = found.item_code
        remove_evidence(evidence=found, actor=self.user, visitor=self.visitor, now=self.now)
        return HttpResponseRedirect(reverse("assessments:evidence", args=[self.assessment.key, code]))


class ActionFormMixin(AssessmentMixin, FormView):
    """The form of an action."""

    template_name = "members/form.html"
    form_class = ActionForm
    action: ImprovementAction | None = None

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the items, the colleagues and the documents of the practice."""
        questionnaire = self.assessment.version.questionnaire
        return {
            **super().get_form_kwargs(),
            "instance": self.action,
            "assessment": self.assessment,
            "items": list(questionnaire.asked(self.assessment.profile)),
            "people": colleagues_of(self.assessment.practice_id, self.today),
            "visitor": self.visitor,
        }

    def content(self, form: ActionForm) -> dict[str, Any]:
        """Return what the services keep."""
        return {name: value for name, value in form.cleaned_data.items() if name != "sure"}

    def trail(self) -> list[Link]:
        """Lead back to the report."""
        return [*super().trail(), Link(label=_("Rapport"), url=self.assessment.report_url)]

    def done(self) -> HttpResponse:
        """Go to the actions of the report."""
        return HttpResponseRedirect(f"{self.assessment.report_url}#acties")

    def not_here(self, form: ActionForm) -> HttpResponse:
        """Say that the owner must work at the practice."""
        form.add_error("owner", _("Kies iemand die bij jullie praktijk werkt."))
        return self.form_invalid(form)


class AddActionView(ActionFormMixin):
    """Agree on an action."""

    title = gettext_lazy("Een actie afspreken")

    def may_enter(self) -> bool:
        """Let in once it is final."""
        return super().may_enter() and self.assessment.state in FINISHED

    def get_initial(self) -> dict[str, Any]:
        """Start with the item from which somebody came."""
        return {"item_codes": [code[:20] for code in self.request.GET.getlist("vraag")], "owner": self.user.pk}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        text = _("Klein en haalbaar werkt het best: wat is over twee maanden anders?")
        back = self.assessment.report_url
        return super().get_context_data(introduction=text, button=_("Spreek dit af"), back_url=back, **kwargs)

    def form_valid(self, form: ActionForm) -> HttpResponse:
        """Agree on it."""
        try:
            add_action(
                assessment=self.assessment,
                content=self.content(form),
                actor=self.user,
                visitor=self.visitor,
                now=self.now,
                overridden=form.overridden,
            )
        except OwnerIsElsewhere:
            return self.not_here(form)
        messages.success(self.request, _("Afgesproken."))
        return self.done()


class ActionView(ActionFormMixin):
    """Go on with an action."""

    def may_enter(self) -> bool:
        """Find the action among those of the visitor's practices."""
        rows = ImprovementAction.objects.visible_to(self.visitor).select_related("assessment", "owner")
        self.action = rows.filter(key=self.kwargs["action"]).first()
        if self.action is None:
            return False
        self.kwargs["key"] = self.action.assessment.key
        return super().may_enter()

    def get_initial(self) -> dict[str, Any]:
        """Start with its items."""
        return {"item_codes": self.action.item_codes if self.action else []}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(
            title=str(self.action), button=_("Bewaar"), back_url=f"{self.assessment.report_url}#acties", **kwargs
        )

    def form_valid(self, form: ActionForm) -> HttpResponse:
        """Keep it."""
        assert self.action is not None  # noqa: S101 (may_enter found it)
        try:
            change_action(
                action=self.action,
                content=self.content(form),
                actor=self.user,
                visitor=self.visitor,
                now=self.now,
                overridden=form.overridden,
            )
        except OwnerIsElsewhere:
            return self.not_here(form)
        messages.success(self.request, _("Bewaard."))
        return self.done()
