"""The audit log in the administrators' menu."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from thuisbasis.accounts.views import AuditLogView


@hooks.register("register_admin_urls")
def audit_log_url() -> list[URLPattern]:
    """Give the log an address."""
    return [path("logboek/", AuditLogView.as_view(), name="audit_log")]


class AuditLogMenuItem(MenuItem):
    """Shows for administrators only."""

    def is_shown(self, request: object) -> bool:
        """Say whether this person may read the log."""
        return bool(request.user.has_perm("accounts.view_auditentry"))  # type: ignore[attr-defined] # a request


@hooks.register("register_reports_menu_item")
def audit_log_menu_item() -> MenuItem:
    """Put the log among the reports."""
    return AuditLogMenuItem(_("Logboek"), reverse("audit_log"), icon_name="history", order=900)
