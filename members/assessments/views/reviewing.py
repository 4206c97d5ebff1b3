"""The view of somebody from another care provider."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from members.assessments.forms import RemarkForm, ReviewerForm, ReviewForm
from members.assessments.models import EntryModel, ExternalRating, PeerReview
from members.assessments.policies import State, may_lead, may_rate, may_read_text, may_see_review
from members.assessments.services import (
    Entry,
    NotAtThisMoment,
    SameProvider,
    ask_reviewer,
    call_off,
    hand_in_review,
    possible_reviewers,
    rate,
    remark_on,
    share_review,
)
from members.assessments.views.common import LeaderMixin, overview_link
from members.assessments.views.sections import EntriesView, SaveEntryMixin
from thuisbasis.base.components import Link
from thuisbasis.network.refusals import NotForYou


class AskReviewerView(LeaderMixin, FormView):
    """Ask somebody of another care provider to look."""

    template_name = "members/form.html"
    form_class = ReviewerForm

    def may_enter(self) -> bool:
        """Let in during the conversation."""
        return super().may_enter() and self.assessment.state == State.CONSENSUS

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer people of other care providers."""
        return {**super().get_form_kwargs(), "people": possible_reviewers(assessment=self.assessment, today=self.today)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it means."""
        text = _(
            "Iemand van een andere zorgaanbieder komt kijken en vult zelf het formulier in. Jullie antwoorden ziet die "
            "persoon niet. Wat eruit komt, is van jullie: jullie beslissen wie het leest."
        )
        return super().get_context_data(
            title=_("Vraag een blik van buiten"),
            introduction=text,
            button=_("Vraag het"),
            back_url=self.assessment.get_absolute_url(),
            **kwargs,
        )

    def form_valid(self, form: ReviewerForm) -> HttpResponse:
        """Ask."""
        try:
            ask_reviewer(
                assessment=self.assessment,
                reviewer=form.cleaned_data["reviewer"],
                actor=self.user,
                visitor=self.visitor,
                now=self.now,
            )
        except SameProvider:
            form.add_error("reviewer", _("Kies iemand van een andere zorgaanbieder."))
            return self.form_invalid(form)
        messages.success(self.request, _("Gevraagd."))
        return self.back()


class ReviewMixin(EntriesView):
    """A page about one review."""

    has_note = True

    def may_enter(self) -> bool:
        """Let in who may see it."""
        related = ("assessment__round__version__instrument", "assessment__practice__care_provider", "reviewer")
        rows = PeerReview.objects.visible_to(self.visitor).select_related(*related)
        found = rows.filter(key=self.kwargs["key"]).first() if super().may_enter() else None
        if found is None or not may_see_review(self.visitor, found):
            return False
        if not may_read_text(self.visitor, found.assessment.version):
            return False
        self.review, self.assessment = found, found.assessment
        return True

    @property
    def is_writing(self) -> bool:
        """Say whether the visitor is the reviewer and still writes."""
        waits = self.review.submitted_at is not None and self.review.remarked_at is None
        return may_rate(self.visitor, self.review) and not waits

    def entries(self) -> dict[str, Any]:
        """Return what the reviewer found."""
        return {row.item_code: row for row in ExternalRating.objects.filter(review=self.review)}

    def keep(self, entry: Entry) -> EntryModel:
        """Keep what the reviewer finds."""
        return rate(review=self.review, entry=entry, visitor=self.visitor, now=self.now)

    def section_url(self, code: str) -> str:
        """Return the address of a section."""
        return reverse("assessments:rate", args=[self.review.key, code])

    def save_url(self) -> str:
        """Return where one answer is saved."""
        return reverse("assessments:save_rating", args=[self.review.key])

    def done_url(self) -> str:
        """Return the review's first page."""
        return self.review.get_absolute_url()

    def trail(self) -> list[Link]:
        """Lead back."""
        return [overview_link()]


class ReviewView(ReviewMixin):
    """The review: for the reviewer to write, for the practice to check, for others to read once it is shared."""

    template_name = "members/assessments/review.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what was found, and what this visitor may do."""
        review, entries = self.review, self.entries()
        questionnaire = self.assessment.version.questionnaire
        leads = may_lead(self.visitor, self.assessment)
        can_remark = leads and review.submitted_at and not review.remarked_at and not review.closed_at
        found = [
            (section, [(item, entry, questionnaire.label(item, entry.choice)) for item, entry in rows])
            for section in questionnaire.sections
            if (rows := [(item, entries[item.code]) for item in section.items if item.code in entries])
        ]
        initial = {"visit_date": review.visit_date, "summary": review.summary}
        context = {
            "form": ReviewForm(initial=initial) if self.is_writing else RemarkForm(),
            "title": _("Blik van buiten: %(practice)s") % {"practice": self.assessment.practice},
            "review": review,
            "assessment": self.assessment,
            "steps": self._steps(entries),
            "progress": self._progress(self._steps(entries)),
            "is_writing": self.is_writing,
            "can_remark": can_remark,
            "may_lead": leads,
            "found": found,
        }
        return super(EntriesView, self).get_context_data(**{**context, **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hand in as the reviewer, or say what is wrong as the practice."""
        form: Any = ReviewForm(request.POST) if self.is_writing else RemarkForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        shared: dict[str, Any] = {"actor": self.user, "visitor": self.visitor, "now": self.now}
        shared["overridden"] = form.overridden
        try:
            if self.is_writing:
                data = {name: form.cleaned_data[name] for name in ("summary", "visit_date")}
                hand_in_review(review=self.review, **data, **shared)
                messages.success(request, _("Ingeleverd. De praktijk heeft twee weken om de feiten na te kijken."))
            else:
                remark_on(review=self.review, remark=form.cleaned_data["remark"], **shared)
                messages.success(request, _("Dank je wel, het is verstuurd."))
        except NotAtThisMoment:
            messages.error(request, _("Dat kan niet meer: de twee weken om na te kijken zijn voorbij."))
        return HttpResponseRedirect(self.review.get_absolute_url())


class RateView(ReviewMixin):
    """One section of the reviewer's form."""

    def may_enter(self) -> bool:
        """Let in the reviewer, while it is being written."""
        return super().may_enter() and self.is_writing

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lead back to the review."""
        return super().get_context_data(back_label=_("Naar het overzicht"), **kwargs)


class SaveRatingView(SaveEntryMixin, ReviewMixin):
    """What the reviewer finds, saved at once."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it while it is being written."""
        try:
            return super().post(request, *args, **kwargs)
        except NotAtThisMoment:
            raise NotForYou from None


class DecideReviewView(ReviewMixin):
    """Call it off, share it with the network, or keep it to the practice again."""

    http_method_names = ["post"]
    title = gettext_lazy("Blik van buiten")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what the button says."""
        shared: dict[str, Any] = {"actor": self.user, "visitor": self.visitor, "now": self.now}
        try:
            share_review(review=self.review, shares="share" in request.POST, **shared)
        except NotAtThisMoment:
            messages.error(request, _("Delen kan pas als de blik van buiten klaar is."))
        return HttpResponseRedirect(self.review.get_absolute_url())


class CallOffReviewView(LeaderMixin):
    """Take the question back, before anything is handed in."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it back."""
        review = PeerReview.objects.filter(assessment=self.assessment, closed_at=None).first()
        if review is None:
            raise NotForYou
        review.assessment = self.assessment
        try:
            call_off(review=review, actor=self.user, visitor=self.visitor, now=self.now)
        except NotAtThisMoment:
            messages.error(request, _("De blik van buiten is al ingeleverd."))
        return self.back()
