"""The outbox in the administrators' menu: what could not be delivered needs a person."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from thuisbasis.mail.views import OutboxView


@hooks.register("register_admin_urls")
def outbox_url() -> list[URLPattern]:
    """Give the outbox an address."""
    return [path("post/", OutboxView.as_view(), name="outbox")]


class OutboxMenuItem(MenuItem):
    """Shows for administrators only."""

    def is_shown(self, request: object) -> bool:
        """Say whether this person may look after the mail."""
        return bool(request.user.has_perm("mail.change_outgoingmail"))  # type: ignore[attr-defined] # a request


@hooks.register("register_reports_menu_item")
def outbox_menu_item() -> MenuItem:
    """Put the outbox among the reports."""
    return OutboxMenuItem(_("Uitgaande post"), reverse("outbox"), icon_name="mail", order=910)
