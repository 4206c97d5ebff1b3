"""What happened in an assessment, for its team."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from members.assessments.services import log_of
from members.assessments.views.common import AssessmentMixin
from thuisbasis.accounts.models import User


class LogView(AssessmentMixin, TemplateView):
    """What happened, without the raters' own answers."""

    template_name = "members/assessments/log.html"
    title = gettext_lazy("Wat er veranderde")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name people who still have an account."""
        entries = log_of(assessment=self.assessment)
        people = User.objects.in_bulk({row.actor_key for row in entries if row.actor_key})
        rows = [(row, what_text(row.what), people.get(row.actor_key or 0)) for row in entries]
        return super().get_context_data(rows=rows, **kwargs)


def what_text(what: str) -> str:
    """Return in words what a line of the log is about."""
    texts = {
        "started": _("Begonnen"),
        "profile": _("Over de praktijk gewijzigd"),
        "asked": _("Iemand gevraagd om in te vullen"),
        "state": _("Naar een volgende stap"),
        "consensus": _("Afgesproken antwoord"),
        "evidence": _("Bewijs"),
        "reviewed": _("De blik van buiten is ingeleverd"),
        "review_checked": _("De feiten in de blik van buiten nagekeken"),
        "review_shared": _("De blik van buiten gedeeld met het netwerk"),
        "review_kept": _("De blik van buiten niet langer gedeeld"),
        "action": _("Nieuwe actie"),
    }
    return texts.get(what) or _("Actie gewijzigd")
