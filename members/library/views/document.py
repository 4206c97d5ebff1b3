"""One document: what it is, who sees it, and what others say about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from members.exchange.forms import AnswerForm
from members.exchange.policies import may_hide
from members.library.models import Comment, Document
from members.library.policies import may_change, may_see_downloads
from members.library.services import place_comment
from thuisbasis.base.components import Link
from thuisbasis.network.forms import reach_text
from thuisbasis.network.services import reach
from thuisbasis.network.views import MemberView


def _all_documents() -> list[Link]:
    return [Link(label=_("Documenten"), url=reverse("library:documents"))]


class DocumentMixin(MemberView):
    """A page about one document, for whoever may open it."""

    def may_enter(self) -> bool:
        """Let in who may open the document."""
        rows = Document.objects.open_to(self.visitor).for_list().select_related("owner", "author")
        found = rows.filter(key=self.kwargs["key"]).first() if super().may_enter() else None
        if found is None:
            return False
        self.document = found
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the document, and whether this person may change it."""
        return super().get_context_data(
            document=self.document, may_change=may_change(self.visitor, self.document), **kwargs
        )

    def trail(self) -> list[Link]:
        """Lead back to the document, and to all of them."""
        return [*_all_documents(), Link(label=self.document.title, url=self.document.get_absolute_url())]

    def back(self) -> HttpResponse:
        """Return to the document."""
        return HttpResponseRedirect(self.document.get_absolute_url())


class ChangerMixin(DocumentMixin):
    """A page about one document, for whoever may change it."""

    def may_enter(self) -> bool:
        """Let in who may change the document."""
        return super().may_enter() and may_change(self.visitor, self.document)


class DocumentView(DocumentMixin, FormView):
    """The document, with its versions and what others say about it."""

    template_name = "members/library/document.html"
    form_class = AnswerForm

    def trail(self) -> list[Link]:
        """Lead back to all documents."""
        return _all_documents()

    def get_form(self, form_class: Any = None) -> AnswerForm:
        """Ask for a remark."""
        form: AnswerForm = super().get_form(form_class)
        form.fields["text"].label = _("Je opmerking")
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather what stands around it."""
        document = self.document
        found = reach(
            audience=document.audience,
            practice_id=document.practice_id,
            working_group_id=document.working_group_id,
            today=self.today,
        )
        comments = Comment.objects.visible_to(self.visitor).filter(document=document)
        shown: list[Any] = list(comments.select_related("author__profile"))
        for comment in shown:
            comment.may_hide = may_hide(self.visitor, comment)
        versions = list(document.versions.select_related("file", "created_by"))
        may = may_change(self.visitor, document)
        reviews = list(document.reviews.select_related("reviewer", "asked_by"))
        return super().get_context_data(
            title=document.title,
            reach=reach_text(found),
            versions=[version for version in versions if version.may_be_seen or may],
            comments=shown,
            themes=document.themes.all(),
            is_shared=document.shared_at is not None and document.current_id is not None,
            reviews=[row for row in reviews if may or row.reviewer_id == self.user.pk],
            my_review=next((row for row in reviews if row.reviewer_id == self.user.pk and not row.answered_at), None),
            may_hide=may_hide(self.visitor, document),
            may_see_downloads=may_see_downloads(self.visitor, document),
            today=self.today,
            **kwargs,
        )

    def form_valid(self, form: AnswerForm) -> HttpResponse:
        """Place the remark."""
        comment = place_comment(
            document=self.document,
            author=self.user,
            visitor=self.visitor,
            text=form.cleaned_data["text"],
            overridden=form.overridden,
            now=self.now,
        )
        messages.success(self.request, _("Je opmerking staat erbij."))
        return HttpResponseRedirect(comment.get_absolute_url())
