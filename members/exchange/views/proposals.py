"""Proposing an article, and talking with the editors about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from members.exchange.forms import ProposalForm
from members.exchange.models import Proposal
from members.exchange.policies import may_ask
from members.exchange.registry import prefill
from members.exchange.services import NoPlaceForProposals, ProposalIsClosed, propose_article, revise_proposal
from members.exchange.services.proposing import content_of, proposal_state
from thuisbasis.base.components import Link
from thuisbasis.network.models import Practice
from thuisbasis.network.views import MemberListView, MemberView


class ProposalsView(MemberListView):
    """My proposals."""

    template_name = "members/exchange/proposals.html"
    title = gettext_lazy("Mijn voorstellen")

    def found(self) -> Any:
        """List my own, the newest first."""
        return Proposal.objects.filter(author=self.user).select_related("page")

    def shown(self, rows: Any) -> Any:
        """Say of each where it is."""
        for row in rows:
            row.state = proposal_state(row)
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether this person may propose."""
        return super().get_context_data(may_propose=may_ask(self.visitor), **kwargs)


class ProposalFormMixin(MemberView):
    """What proposing and revising share."""

    template_name: Any = "members/exchange/propose.html"
    form_class: Any = ProposalForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer this person's practices."""
        practices = Practice.objects.filter(pk__in=self.visitor.network_practice_ids).order_by("name")
        return {**super().get_form_kwargs(), "practices": practices}  # type: ignore[misc] # FormView stands beside this


class ProposeView(ProposalFormMixin, FormView):
    """Write down what a practice does, from nothing or from an answer or a document."""

    def may_enter(self) -> bool:
        """Let in who may ask, may propose."""
        return may_ask(self.visitor)

    def get_initial(self) -> dict[str, Any]:
        """Start from what somebody clicked, as far as he or she may see it."""
        return prefill(self.request.GET.dict(), self.visitor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(
            title=_("Stel een praktijkvoorbeeld voor"),
            button=_("Stuur naar de redactie"),
            back_url=reverse("exchange:proposals"),
            **kwargs,
        )

    def form_valid(self, form: ProposalForm) -> HttpResponse:
        """Send it to the editors, or say that they cannot take it now."""
        try:
            proposal = propose_article(
                author=self.user,
                visitor=self.visitor,
                practice=form.cleaned_data["practice"],
                content=form.cleaned_data,
                overridden=form.overridden,
                now=self.now,
            )
        except NoPlaceForProposals:
            form.add_error(None, _("De redactie kan nu geen voorstellen ontvangen. Probeer het later nog eens."))
            return self.form_invalid(form)
        messages.success(self.request, _("Dank je wel! De redactie leest het en laat van zich horen."))
        return HttpResponseRedirect(proposal.get_absolute_url())


class OwnProposalMixin(MemberView):
    """A page about one of my own proposals."""

    def may_enter(self) -> bool:
        """Let its author in, and nobody else."""
        rows = Proposal.objects.filter(author=self.user).select_related("page")
        found = rows.filter(key=self.kwargs["key"]).first() if super().may_enter() else None
        if found is None:
            return False
        self.proposal, self.state = found, proposal_state(found)
        return True

    def trail(self) -> list[Link]:
        """Lead back to all my proposals."""
        return [Link(label=_("Mijn voorstellen"), url=reverse("exchange:proposals"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the thread, and where the proposal is."""
        return super().get_context_data(
            proposal=self.proposal,
            state=self.state,
            thread=self.proposal.messages.select_related("author"),
            **kwargs,
        )


class ProposalView(OwnProposalMixin, TemplateView):
    """Where my proposal is, and what the editors say."""

    template_name = "members/exchange/proposal.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(title=self.proposal.title, **kwargs)


class ReviseView(OwnProposalMixin, ProposalFormMixin, FormView):
    """Change my proposal and answer the editors."""

    def may_enter(self) -> bool:
        """Let its author in while it may be changed."""
        return super().may_enter() and self.state.may_change

    def get_form_kwargs(self) -> dict[str, Any]:
        """Leave out what was settled the first time."""
        return {**super().get_form_kwargs(), "is_revision": True}

    def get_initial(self) -> dict[str, Any]:
        """Start from what is there."""
        return content_of(self.proposal)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(
            title=_("Pas je voorstel aan"),
            button=_("Stuur terug naar de redactie"),
            back_url=self.proposal.get_absolute_url(),
            **kwargs,
        )

    def form_valid(self, form: ProposalForm) -> HttpResponse:
        """Hand it to the editors again."""
        try:
            revise_proposal(
                proposal=self.proposal,
                author=self.user,
                content=form.cleaned_data,
                answer=form.cleaned_data["answer"],
                overridden=form.overridden,
                now=self.now,
            )
        except ProposalIsClosed:
            form.add_error(None, _("De redactie heeft het intussen afgerond. Je tekst is niet meer te wijzigen."))
            return self.form_invalid(form)
        messages.success(self.request, _("Verstuurd. De redactie kijkt er weer naar."))
        return HttpResponseRedirect(self.proposal.get_absolute_url())
