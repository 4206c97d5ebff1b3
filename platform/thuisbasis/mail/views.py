"""The outbox, for administrators."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from thuisbasis.mail.models import MailState, OutgoingMail
from thuisbasis.mail.services import try_again


class OutboxView(PermissionRequiredMixin, TemplateView):
    """Shows what could not be delivered and what waits, without what it says; gives dead mail a new start."""

    permission_required = "mail.change_outgoingmail"
    template_name = "mail/admin/outbox.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List the dead letters, and count the rest."""
        mails = OutgoingMail.objects.defer("content")
        return super().get_context_data(
            dead=mails.undeliverable()[:200],
            waiting=mails.filter(state=MailState.WAITING).order_by("next_attempt_at")[:50],
            sent_count=mails.filter(state=MailState.SENT).count(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Try one mail again; raises Http404 for one that is not given up."""
        key = request.POST.get("mail", "")
        mail = get_object_or_404(OutgoingMail.objects.undeliverable(), pk=int(key) if key.isdecimal() else 0)
        try_again(mail=mail, now=timezone.now())
        messages.success(request, _("We proberen het opnieuw."))
        return HttpResponseRedirect(reverse("outbox"))
