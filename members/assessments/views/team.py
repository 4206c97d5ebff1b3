"""The page of the team: where they are, and what comes next."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView

from members.assessments.forms import ProfileForm, RatersForm
from members.assessments.models import Assessment, AssessmentRound, PeerReview, RaterResponse, SharingConsent
from members.assessments.policies import FINISHED, State, may_read_text, may_see_network
from members.assessments.services import (
    AnswersAreClosed,
    RoundIsClosed,
    ask_raters,
    change_profile,
    join_assessment,
    latest_report,
    missing_items,
    remind_waiting,
    start_assessment,
)
from members.assessments.views.common import AssessmentMixin, LeaderMixin, overview_link
from thuisbasis.accounts.models import User
from thuisbasis.base.components import Link
from thuisbasis.network.models import Membership, Practice
from thuisbasis.network.policies import may_coordinate
from thuisbasis.network.views import MemberView


class OverviewView(MemberView, TemplateView):
    """The rounds of today, and everything that the visitor's practices assessed."""

    template_name = "members/assessments/overview.html"
    title = gettext_lazy("Zelfevaluatie")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List what is going on and what is done, per practice; the number of queries does not grow with it."""
        assessments = list(Assessment.objects.visible_to(self.visitor).with_everything().with_progress())
        taken = {(row.round_id, row.practice_id) for row in assessments}
        practices = list(Practice.objects.filter(pk__in=sorted(self.visitor.network_practice_ids)))
        rounds = AssessmentRound.objects.open_on(self.today).select_related("version__instrument")
        to_begin = [
            {"round": row, "practice": practice, "may": may_coordinate(self.visitor, practice_id=practice.pk)}
            for row in rounds
            for practice in practices
            if (row.pk, practice.pk) not in taken and may_read_text(self.visitor, row.version)
        ]
        reviews = PeerReview.objects.visible_to(self.visitor)
        reviews = reviews.select_related("assessment__practice", "assessment__round")
        return super().get_context_data(
            running=[row for row in assessments if row.state not in FINISHED],
            finished=[row for row in assessments if row.state in FINISHED],
            to_begin=to_begin,
            my_reviews=[row for row in reviews if row.reviewer_id == self.user.pk and row.closed_at is None],
            shared_reviews=[row for row in reviews if row.shared_at and row.reviewer_id != self.user.pk],
            may_see_network=may_see_network(self.visitor),
            **kwargs,
        )


class ProfileMixin(MemberView, FormView):
    """The questions about the practice itself."""

    template_name = "members/form.html"
    form_class = ProfileForm
    round: AssessmentRound

    def get_form_kwargs(self) -> dict[str, Any]:
        """Ask what the instrument asks."""
        return {**super().get_form_kwargs(), "questions": self.round.version.questionnaire.profile}


class StartView(ProfileMixin):
    """Begin in a round, for who coordinates the practice."""

    def may_enter(self) -> bool:
        """Let in the coordinators of the practice that the address names."""
        if not super().may_enter():
            return False
        practices = Practice.objects.filter(pk__in=sorted(self.visitor.coordinated_ids), in_network=True)
        found = practices.filter(slug=self.kwargs["practice"]).first()
        if found is None:
            return False
        self.practice = found
        rounds = AssessmentRound.objects.open_on(self.today).select_related("version__instrument")
        self.round = get_object_or_404(rounds, pk=self.kwargs["pk"])
        return may_read_text(self.visitor, self.round.version)

    def trail(self) -> list[Link]:
        """Lead back."""
        return [overview_link()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it is about."""
        return super().get_context_data(
            title=_("%(practice)s begint aan “%(round)s”") % {"practice": self.practice, "round": self.round},
            introduction=self.round.version.notice,
            button=_("Begin"),
            back_url=reverse("assessments:overview"),
            **kwargs,
        )

    def form_valid(self, form: ProfileForm) -> HttpResponse:
        """Begin."""
        try:
            assessment = start_assessment(
                assessment_round=self.round,
                practice=self.practice,
                profile=form.cleaned_data,
                actor=self.user,
                visitor=self.visitor,
                now=self.now,
            )
        except RoundIsClosed:
            messages.error(self.request, _("Deze ronde is net gesloten."))
            return HttpResponseRedirect(reverse("assessments:overview"))
        return HttpResponseRedirect(reverse("assessments:raters", args=[assessment.key]))


class ChangeProfileView(LeaderMixin, ProfileMixin):
    """Change what the practice says of itself; answers stay."""

    def may_enter(self) -> bool:
        """Let in who leads it, until it is final."""
        if not super().may_enter() or self.assessment.state not in (State.OPEN, State.CONSENSUS):
            return False
        self.round = self.assessment.round
        return True

    def get_initial(self) -> dict[str, Any]:
        """Start with what was said."""
        return dict(self.assessment.profile)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(
            title=_("Over jullie praktijk"),
            introduction=_("Hiermee kiezen we welke vragen jullie krijgen. Antwoorden blijven bewaard."),
            button=_("Bewaar"),
            back_url=self.assessment.get_absolute_url(),
            **kwargs,
        )

    def form_valid(self, form: ProfileForm) -> HttpResponse:
        """Change it."""
        change_profile(
            assessment=self.assessment, profile=form.cleaned_data, actor=self.user, visitor=self.visitor, now=self.now
        )
        messages.success(self.request, _("Bewaard."))
        return self.back()


class AssessmentView(AssessmentMixin, TemplateView):
    """Where the team is, and the one thing to do next."""

    template_name = "members/assessments/assessment.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count forms, never show what is in them; say what comes next."""
        assessment = self.assessment
        responses = list(RaterResponse.objects.filter(assessment=assessment))
        mine = [row for row in responses if row.user_id == self.user.pk]
        questionnaire = assessment.version.questionnaire
        asked = questionnaire.asked(assessment.profile)
        is_talking = assessment.state == State.CONSENSUS
        sections = [row for row in questionnaire.sections if questionnaire.asked(assessment.profile, row)]
        reviews = PeerReview.objects.filter(assessment=assessment).select_related("reviewer")
        return super().get_context_data(
            title=str(assessment),
            version=assessment.version,
            states=State,
            is_final=assessment.state in FINISHED,
            asked=len(responses),
            submitted=sum(row.submitted_at is not None for row in responses),
            my_form=next((row for row in mine if not row.is_on_paper), None),
            paper_forms=[row for row in mine if row.is_on_paper],
            number_of_items=len(asked),
            missing=missing_items(assessment=assessment) if is_talking else [],
            first_section=sections[0].code if sections else "",
            sections=sections,
            report=latest_report(assessment=assessment),
            reviews=[row for row in reviews if row.submitted_at or self.visitor.coordinated_ids],
            shares=SharingConsent.objects.filter(practice=assessment.practice_id, withdrawn_at=None).exists(),
            **kwargs,
        )


def colleagues_of(practice_id: int, today: Any) -> QuerySet[User]:
    """Return who works at a practice today."""
    here = Membership.objects.filter(practice=practice_id).valid_on(today).values("user")
    return User.objects.filter(pk__in=here, is_active=True).order_by("first_name", "last_name")


class RatersView(LeaderMixin, FormView):
    """Ask colleagues to fill in the form."""

    template_name = "members/form.html"
    form_class = RatersForm

    def may_enter(self) -> bool:
        """Let in who leads it, while forms are open."""
        return super().may_enter() and self.assessment.state == State.OPEN

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer colleagues whom nobody asked yet."""
        asked = RaterResponse.objects.filter(assessment=self.assessment, is_on_paper=False).values("user")
        people = colleagues_of(self.assessment.practice_id, self.today).exclude(pk__in=asked)
        return {**super().get_form_kwargs(), "people": people}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say how many are needed."""
        version = self.assessment.version
        words = {"count": version.min_raters, "minutes": version.estimated_minutes}
        text = _("Vraag minstens %(count)d mensen. Invullen duurt ongeveer %(minutes)d minuten.")
        return super().get_context_data(
            title=_("Wie vult er in?"),
            introduction=text % words,
            button=_("Vraag deze collega's"),
            back_url=self.assessment.get_absolute_url(),
            **kwargs,
        )

    def form_valid(self, form: RatersForm) -> HttpResponse:
        """Ask."""
        count = ask_raters(
            assessment=self.assessment,
            users=form.cleaned_data["users"],
            actor=self.user,
            visitor=self.visitor,
            now=self.now,
        )
        text = ngettext("%(count)d collega is gevraagd.", "%(count)d collega's zijn gevraagd.", count)
        messages.success(self.request, text % {"count": count})
        return self.back()


class JoinView(AssessmentMixin):
    """Open one's own form, or a new one to copy from paper."""

    http_method_names = ["post"]
    is_on_paper = False

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go to the form."""
        try:
            response = join_assessment(
                assessment=self.assessment,
                actor=self.user,
                visitor=self.visitor,
                is_on_paper=self.is_on_paper,
                now=self.now,
            )
        except AnswersAreClosed:
            messages.error(request, _("Het gesprek is al begonnen: de formulieren zijn dicht."))
            return self.back()
        return HttpResponseRedirect(response.get_absolute_url())


class RemindView(LeaderMixin):
    """Remind who has not handed in; it says how many, not who."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remind."""
        count = remind_waiting(assessment=self.assessment, now=self.now)
        text = ngettext("%(count)d collega krijgt een bericht.", "%(count)d collega's krijgen een bericht.", count)
        messages.success(request, text % {"count": count})
        return self.back()
