"""App configuration of the self-assessment."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    """Instruments, rounds, answers, reports and what comes of them."""

    name = "members.assessments"
    label = "assessments"
    verbose_name = _("zelfevaluatie")

    def ready(self) -> None:
        """Declare what there is to see, fetch, tell and do each day, and listen to who leaves."""
        from members.assessments import finding, panels, personal_data, services
        from thuisbasis.jobs.registry import daily, declare_recurring

        panels.declare()
        finding.declare()
        personal_data.declare()
        declare_recurring("close rounds", services.close_rounds, daily(3))
        declare_recurring("close reviews", services.close_reviews, daily(4))
        declare_recurring("remind raters", services.remind_raters, daily(9))
        declare_recurring("remind owners of actions", services.remind_owners, daily(8))
