"""Asking others to look at a document, and seeing who took it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from members.library.forms import ReviewAnswerForm, ReviewRequestForm
from members.library.models import ReviewRequest
from members.library.policies import may_see_downloads
from members.library.services import (
    answer_review,
    ask_review,
    downloads_of,
)
from members.library.views.document import ChangerMixin, DocumentMixin
from thuisbasis.network.services import people_reached


class AskReviewView(ChangerMixin, FormView):
    """Ask somebody to look at it."""

    template_name = "members/form.html"
    form_class = ReviewRequestForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer who may see the document, and nobody else."""
        document = self.document
        audience = "network" if document.audience == "public" else document.audience
        people = people_reached(
            audience=audience,
            practice_id=document.practice_id,
            working_group_id=document.working_group_id,
            today=self.today,
        )
        members = people.filter(memberships__isnull=False).exclude(pk=self.user.pk)
        return {**super().get_form_kwargs(), "people": members.order_by("first_name", "last_name")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(
            title=_("Vraag iemand om mee te kijken"),
            introduction=_("Je ziet hier alleen mensen die dit document mogen zien."),
            button=_("Vraag het"),
            back_url=self.document.get_absolute_url(),
            **kwargs,
        )

    def form_valid(self, form: ReviewRequestForm) -> HttpResponse:
        """Ask."""
        ask_review(
            document=self.document,
            reviewer=form.cleaned_data["reviewer"],
            due_date=form.cleaned_data["due_date"],
            actor=self.user,
            visitor=self.visitor,
            now=self.now,
        )
        messages.success(self.request, _("Gevraagd aan %(person)s.") % {"person": form.cleaned_data["reviewer"]})
        return self.back()


class AnswerReviewView(DocumentMixin, FormView):
    """Say what I think of it."""

    template_name = "members/form.html"
    form_class = ReviewAnswerForm

    def may_enter(self) -> bool:
        """Let in who was asked and did not answer yet."""
        if not super().may_enter():
            return False
        rows = ReviewRequest.objects.waiting().filter(document=self.document, reviewer=self.user)
        found = rows.select_related("document", "asked_by").first()
        if found is None:
            return False
        self.review = found
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(
            title=_("Wat vind je van “%(title)s”?") % {"title": self.document.title},
            button=_("Antwoord"),
            back_url=self.document.get_absolute_url(),
            **kwargs,
        )

    def form_valid(self, form: ReviewAnswerForm) -> HttpResponse:
        """Answer."""
        answer_review(
            request=self.review,
            actor=self.user,
            visitor=self.visitor,
            answer=form.cleaned_data["answer"],
            remark=form.cleaned_data["remark"],
            now=self.now,
        )
        messages.success(self.request, _("Dank je wel. Je antwoord is verstuurd."))
        return self.back()


class DownloadsView(DocumentMixin, TemplateView):
    """Who took it, for the coordinators of the practice that shares it."""

    template_name = "members/library/downloads.html"

    def may_enter(self) -> bool:
        """Let those coordinators in."""
        return super().may_enter() and may_see_downloads(self.visitor, self.document)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List the latest."""
        return super().get_context_data(
            title=_("Wie haalde “%(title)s” op?") % {"title": self.document.title},
            downloads=downloads_of(document=self.document),
            **kwargs,
        )
