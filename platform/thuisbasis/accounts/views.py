"""The audit log, for administrators to read."""

from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.views.generic import ListView

from thuisbasis.accounts.models import AuditAction, AuditEntry, User


class AuditLogView(PermissionRequiredMixin, ListView):
    """Lists the log, newest first, with people's names as far as they are still known."""

    permission_required = "accounts.view_auditentry"
    template_name = "accounts/admin/audit_log.html"
    paginate_by = 50
    model = AuditEntry

    def get_queryset(self) -> Any:
        """Keep one kind of entry when that was asked for."""
        entries = AuditEntry.objects.all()
        action = self.request.GET.get("soort", "")
        return entries.filter(action=action) if action in AuditAction.values else entries

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Look up the names of everyone on this page at once."""
        context = super().get_context_data(**kwargs)
        entries = list(context["page_obj"])
        keys = {key for entry in entries for key in (entry.actor_key, entry.subject_key) if key}
        people = User.objects.in_bulk(keys)
        rows = [(entry, people.get(entry.actor_key), people.get(entry.subject_key)) for entry in entries]
        return {**context, "rows": rows, "actions": AuditAction.choices, "chosen": self.request.GET.get("soort", "")}
