"""Reporting and hiding what says too much."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from members.exchange.forms import ReportForm
from members.exchange.models import Report
from members.exchange.policies import may_hide
from members.exchange.registry import post_kind, post_kinds
from members.exchange.services import NotYoursToHide, hide_post, report_post, show_post
from thuisbasis.network.refusals import NotForYou
from thuisbasis.network.views import MemberView


class PostMixin(MemberView):
    """A page about one text; `include_hidden` for whoever may show it again."""

    include_hidden = False

    def may_enter(self) -> bool:
        """Let in who may see the text."""
        kind = post_kind(self.kwargs["kind"])
        if kind is None or not super().may_enter():
            return False
        found = kind.find(self.kwargs["pk"], self.visitor, self.include_hidden)
        if found is None:
            return False
        self.post_object = found
        return True


class ReportView(PostMixin, FormView):
    """Say that a text should not be there."""

    template_name = "members/form.html"
    form_class = ReportForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(
            title=_("Meld deze tekst"),
            introduction=_("We vertellen het de coördinator. Niemand anders ziet dat jij het meldde."),
            button=_("Meld het"),
            back_url=self.post_object.get_absolute_url(),
            **kwargs,
        )

    def form_valid(self, form: ReportForm) -> HttpResponse:
        """Tell the coordinators."""
        report_post(post=self.post_object, reporter=self.user, reason=form.cleaned_data["reason"], now=self.now)
        messages.success(self.request, _("Dank je wel. De coördinator kijkt ernaar."))
        return HttpResponseRedirect(self.post_object.get_absolute_url())


class HideView(PostMixin):
    """Take a text away, with one click."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hide it; raises NotForYou for whoever may not."""
        try:
            hide_post(post=self.post_object, actor=self.user, visitor=self.visitor, now=self.now)
        except NotYoursToHide as error:
            raise NotForYou from error
        messages.success(request, _("De tekst is weg. Was het een vergissing? Zet hem terug bij de meldingen."))
        return HttpResponseRedirect(reverse("exchange:reports"))


class ShowView(PostMixin):
    """Put a text back."""

    include_hidden = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it; raises NotForYou for whoever may not."""
        try:
            show_post(post=self.post_object, actor=self.user, visitor=self.visitor, now=self.now)
        except NotYoursToHide as error:
            raise NotForYou from error
        messages.success(request, _("De tekst staat er weer."))
        return HttpResponseRedirect(self.post_object.get_absolute_url())


class ReportsView(MemberView, TemplateView):
    """What was reported, and what I may put back."""

    template_name = "members/exchange/reports.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List the texts that are reported or hidden, as far as this person may see and hide them."""
        rows = []
        for kind in post_kinds():
            reports = Report.objects.filter(content_type__model=kind.name, handled_at=None)
            reasons: dict[int, list[str]] = {}
            for report in reports:
                reasons.setdefault(report.source_pk, []).append(report.reason)
            posts = kind.stewarded(self.visitor, reasons.keys())
            rows += [
                {"kind": kind, "post": post, "reasons": reasons.get(post.pk, [])}
                for post in posts
                if may_hide(self.visitor, post)
            ]
        return super().get_context_data(title=_("Meldingen"), rows=rows, **kwargs)
