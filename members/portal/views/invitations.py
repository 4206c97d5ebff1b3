"""Coordinators invite for their own practice: one by one, or a list."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import FormView

from members.portal.forms import InviteForm, InviteListForm
from members.portal.models import Invitation
from members.portal.services import invite, invite_many, read_lines, revoke_invitation
from thuisbasis.network.views import CoordinatorMixin


class InviteView(CoordinatorMixin, FormView):
    """Invite one colleague."""

    is_sensitive = True

    template_name = "members/invite.html"
    form_class = InviteForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(title=_("Nodig een collega uit"), **kwargs)

    def form_valid(self, form: InviteForm) -> HttpResponse:
        """Send the invitation; the answer is the same whether or not the address is known."""
        invite(
            practice=self.practice,
            email=form.cleaned_data["email"],
            role=form.cleaned_data["role"],
            actor=self.user,
            visitor=self.visitor,
            language=get_language() or "nl",
            now=self.now,
        )
        messages.success(self.request, _("De uitnodiging voor %(email)s is onderweg.") % form.cleaned_data)
        return HttpResponseRedirect(reverse("portal:practice", args=[self.practice.slug]))


class InviteListView(CoordinatorMixin, FormView):
    """Invite a list of people, after a look at what would happen."""

    is_sensitive = True

    template_name = "members/invite_list.html"
    form_class = InviteListForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(title=_("Nodig een lijst met collega's uit"), **kwargs)

    def form_valid(self, form: InviteListForm) -> HttpResponse:
        """Show each line with its result, or send when that was seen and confirmed."""
        text = form.cleaned_data["lines"]
        lines = read_lines(text=text, practice=self.practice, today=self.today)
        good = [line for line in lines if not line.error]
        if "send" not in self.request.POST or not good:
            shown = InviteListForm(initial={"text": text})
            context = self.get_context_data(form=shown, lines=lines, good_count=len(good), text=text)
            return self.render_to_response(context)
        count = invite_many(
            practice=self.practice,
            lines=lines,
            actor=self.user,
            visitor=self.visitor,
            language=get_language() or "nl",
            now=self.now,
        )
        messages.success(self.request, _("%(count)s uitnodigingen zijn onderweg.") % {"count": count})
        return HttpResponseRedirect(reverse("portal:practice", args=[self.practice.slug]))


class RevokeView(CoordinatorMixin):
    """Take an invitation back."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the link worthless; raises Http404 for an invitation of another practice."""
        invitations = Invitation.objects.filter(practice=self.practice)
        invitation = get_object_or_404(invitations, pk=self.kwargs["pk"])
        revoke_invitation(invitation=invitation, actor=self.user, visitor=self.visitor, now=self.now)
        messages.success(request, _("De uitnodiging voor %(email)s is ingetrokken.") % {"email": invitation.email})
        return HttpResponseRedirect(reverse("portal:practice", args=[self.practice.slug]))
