"""App configuration of the portal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """The member portal."""

    name = "members.portal"
    label = "portal"
    verbose_name = _("ledendeel")

    def ready(self) -> None:
        """Declare panels, personal data and recurring work, and listen to the network."""
        from members.portal import finding, panels, personal_data, receivers, services
        from members.portal.services import searchable
        from thuisbasis.jobs.registry import daily, declare_recurring

        receivers.connect()
        finding.declare()
        panels.declare()
        personal_data.declare()
        searchable.declare()
        declare_recurring("forget old invitations", services.forget_old_invitations, daily(4))
        declare_recurring("ask who still works here", services.ask_who_still_works_here, daily(9))
        declare_recurring("find who is here", services.find_who_is_here, daily(0))
        declare_recurring("forget old exports", services.forget_old_exports, daily(4))
