"""What the pages of the self-assessment share."""

from typing import Any

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from members.assessments.models import Assessment
from members.assessments.policies import may_lead, may_read_text
from thuisbasis.base.components import Link
from thuisbasis.network.views import MemberView


class AssessmentMixin(MemberView):
    """A page about one assessment, for who works at the practice."""

    def may_enter(self) -> bool:
        """Let in who works there and may read what the instrument asks."""
        rows = Assessment.objects.visible_to(self.visitor).with_everything()
        found = rows.filter(key=self.kwargs["key"]).first() if super().may_enter() else None
        if found is None or not may_read_text(self.visitor, found.version):
            return False
        self.assessment = found
        return True

    def trail(self) -> list[Link]:
        """Lead back to everything of the practice, and to the assessment."""
        return [overview_link(), Link(label=str(self.assessment), url=self.assessment.get_absolute_url())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which assessment it is, and whether this person leads it."""
        context = {"assessment": self.assessment, "may_lead": may_lead(self.visitor, self.assessment)}
        return super().get_context_data(**{**context, **kwargs})

    def back(self) -> HttpResponseRedirect:
        """Go back to the page of the team."""
        return HttpResponseRedirect(self.assessment.get_absolute_url())


class LeaderMixin(AssessmentMixin):
    """A page for who leads the assessment."""

    def may_enter(self) -> bool:
        """Let in the coordinators of the practice."""
        return super().may_enter() and may_lead(self.visitor, self.assessment)


def overview_link() -> Link:
    """Return the way to all assessments of somebody's practices."""
    return Link(label=_("Zelfevaluatie"), url=reverse("assessments:overview"))
