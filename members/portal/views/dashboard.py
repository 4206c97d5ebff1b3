"""The first page after logging in."""

from typing import Any

from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from thuisbasis.network.policies import may_enter_portal
from thuisbasis.network.registry import PanelAsk, portal_panels
from thuisbasis.network.views import PersonalView


class DashboardView(PersonalView, TemplateView):
    """What asks for my attention, what is new for my practice, where do I find it: the three questions."""

    template_name = "members/dashboard.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather the panels of every app."""
        panels = portal_panels(PanelAsk(user=self.user, visitor=self.visitor, today=self.today))
        name = self.user.first_name
        return super().get_context_data(
            title=_("Dag %(name)s") % {"name": name} if name else _("Welkom"),
            is_member=may_enter_portal(self.visitor),
            may_share=self.visitor.is_member,
            areas=[(area.value, found) for area, found in panels.items() if found],
            **kwargs,
        )
