"""What a practice shares, looked after by its coordinators."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from members.library.forms import AdoptForm
from members.library.models import Document
from members.library.services import adopt_documents
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Membership
from thuisbasis.network.views import CoordinatorMixin


class CareView(CoordinatorMixin, FormView):
    """Documents of the practice: whose they are, and which nobody looks after."""

    template_name = "members/library/care.html"
    form_class = AdoptForm

    def rows(self) -> Any:
        """Return what the practice shares, as far as this coordinator may see it."""
        return Document.objects.visible_to(self.visitor).of_practices([self.practice.pk])

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the people of the practice."""
        members = Membership.objects.filter(practice=self.practice).valid_on(self.today)
        colleagues = User.objects.filter(pk__in=members.values("user"), is_active=True).order_by("first_name")
        return {**super().get_form_kwargs(), "colleagues": colleagues, "orphans": self.rows().orphaned()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List everything, what needs somebody first."""
        return super().get_context_data(
            title=_("Documenten van %(practice)s") % {"practice": self.practice.name},
            documents=self.rows().for_list().select_related("owner")[:200],
            orphan_count=self.rows().orphaned().count(),
            today=self.today,
            **kwargs,
        )

    def form_valid(self, form: AdoptForm) -> HttpResponse:
        """Give them to somebody."""
        owner = form.cleaned_data["owner"]
        count = adopt_documents(documents=form.cleaned_data["documents"], owner=owner, visitor=self.visitor)
        said = {"count": count, "person": owner}
        messages.success(self.request, _("%(person)s kijkt voortaan naar %(count)s documenten.") % said)
        return HttpResponseRedirect(reverse("library:care", args=[self.practice.slug]))
