"""The report: a page that a team puts on the table, the same on paper and as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from members.assessments.models import BuddyOffer, ImprovementAction, PeerReview, Report
from members.assessments.policies import FINISHED, may_see_network
from members.assessments.services import (
    TeamReport,
    help_for,
    items_that_go_well,
    network_rounds,
    offer_to_help,
    paper_form,
    report_csv,
    standouts,
    team_report,
)
from members.assessments.views.charts import (
    absence_text,
    condition_bars,
    domain_plot,
    item_plot,
    network_plot,
    trend_chart,
)
from members.assessments.views.common import AssessmentMixin, LeaderMixin, overview_link
from thuisbasis.base.components import Link
from thuisbasis.base.paper import CannotPrint, as_pdf
from thuisbasis.network.views import MemberView


class ReportMixin(AssessmentMixin):
    """A page of a report; an earlier one by its number in the address."""

    def may_enter(self) -> bool:
        """Let in who works there, once there is a report."""
        if not super().may_enter():
            return False
        rows = Report.objects.filter(assessment=self.assessment)
        wanted = self.request.GET.get("versie", "")
        number = wanted if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else ""
        found = rows.filter(revision=number).first() if number else rows.first()
        if found is None:
            return False
        self.report = found
        # The report reads its version through the assessment that is here already.
        self.report.assessment = self.assessment
        return True

    def figures(self) -> TeamReport:
        """Return the figures from which page, PDF and CSV are made."""
        return team_report(report=self.report)

    def shown(self, figures: TeamReport) -> dict[str, Any]:
        """Return what page and PDF show alike."""
        overall = figures.overall
        peers = overall.peers if overall else None
        return {
            "report": self.report,
            "assessment": self.assessment,
            "figures": figures,
            "version": self.assessment.version,
            "standouts": standouts(figures),
            "domain_plot": domain_plot(figures) if figures.is_scored else None,
            "sections": [(row, item_plot(row) if figures.is_scored else None) for row in figures.sections],
            "trend_chart": trend_chart(figures),
            "condition_bars": None if figures.is_scored else condition_bars(figures),
            "absence": absence_text(peers.reason) if peers else "",
            "actions": list(ImprovementAction.objects.filter(assessment=self.assessment).select_related("owner")),
        }

    def file(self, content: bytes, kind: str, extension: str) -> HttpResponse:
        """Answer with a file that is named after the practice and the round."""
        response = HttpResponse(content, content_type=kind)
        name = f"{self.assessment.practice.slug}-{self.assessment.round.opens_date:%Y-%m}.{extension}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class ReportView(ReportMixin, TemplateView):
    """The report with what comes of it."""

    template_name = "members/assessments/report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the figures, what helps with low items, and what others may ask."""
        figures = self.figures()
        instrument = self.assessment.version.instrument
        offers = BuddyOffer.objects.filter(practice=self.assessment.practice_id, instrument=instrument)
        return super().get_context_data(
            title=_("Rapport: %(assessment)s") % {"assessment": self.assessment},
            **self.shown(figures),
            is_final=self.assessment.state in FINISHED,
            revisions=list(Report.objects.filter(assessment=self.assessment).values_list("revision", flat=True)),
            help=help_for(items=figures.low_items, instrument=instrument, visitor=self.visitor, today=self.today),
            goes_well=items_that_go_well(self.report) if figures.is_scored else [],
            offered=set(offers.values_list("item_code", flat=True)),
            reviews=list(
                PeerReview.objects.filter(assessment=self.assessment, closed_at__isnull=False).select_related(
                    "reviewer"
                )
            ),
            **kwargs,
        )


class ReportPdfView(ReportMixin):
    """The report on paper."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with a PDF; where nothing can be laid out, the page itself prints well."""
        context = {"title": _("Rapport: %(assessment)s") % {"assessment": self.assessment}}
        try:
            content = as_pdf("members/assessments/report_print.html", {**context, **self.shown(self.figures())})
        except CannotPrint:
            return HttpResponseRedirect(self.assessment.report_url)
        return self.file(content, "application/pdf", "pdf")


class ReportCsvView(ReportMixin):
    """The figures of the report for a spreadsheet."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with a CSV."""
        return self.file(report_csv(self.figures()), "text/csv; charset=utf-8", "csv")


class PaperFormView(AssessmentMixin):
    """An empty form to fill in by hand."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with a PDF."""
        try:
            content = paper_form(version=self.assessment.version)
        except CannotPrint:
            return self.back()
        response = HttpResponse(content, content_type="application/pdf")
        response.headers["Content-Disposition"] = 'attachment; filename="formulier.pdf"'
        return response


class OffersView(LeaderMixin, ReportMixin):
    """Say of which items others may ask this practice."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what is ticked."""
        codes = [code[:20] for code in request.POST.getlist("item")]
        offer_to_help(report=self.report, item_codes=codes, actor=self.user, visitor=self.visitor, now=self.now)
        return HttpResponseRedirect(f"{self.assessment.report_url}#meedenken")


class NetworkView(MemberView, TemplateView):
    """The network as a whole, for the steering group and researchers."""

    template_name = "members/assessments/network.html"
    title = gettext_lazy("Zelfevaluatie in het netwerk")

    def may_enter(self) -> bool:
        """Let in the steering group and researchers."""
        return may_see_network(self.visitor)

    def trail(self) -> list[Link]:
        """Lead back."""
        return [overview_link()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show each round: how many took part and the middle of them."""
        rows = [
            {"round": row, "plot": network_plot(row), "reason": absence_text(_reason(row))} for row in network_rounds()
        ]
        return super().get_context_data(rows=rows, **kwargs)


def _reason(row: Any) -> str:
    found = row.benchmarks.get("")
    return found.reason if found else ""
