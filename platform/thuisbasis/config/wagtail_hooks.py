"""The status page of the administrators, and the guide for everybody in the admin."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.auth import permission_required
from wagtail.admin.menu import MenuItem

from thuisbasis.config.guide import CHAPTERS
from thuisbasis.config.status import parts

# Whoever looks after the mail looks after the rest.
PERMISSION = "mail.change_outgoingmail"


@require_safe
@permission_required(PERMISSION)
def status_report(request: HttpRequest) -> HttpResponse:
    """Show how each part of the site is, and what to do about those that are not well."""
    found = parts(now=timezone.now())
    unwell = sum(not part.is_well for part in found)
    return render(request, "config/status.html", {"parts": found, "unwell": unwell, "page_title": _("Toestand")})


@require_safe
def editors_guide(request: HttpRequest) -> HttpResponse:
    """Show how to do what editors do most, with a picture of each screen."""
    return render(request, "config/guide.html", {"chapters": CHAPTERS, "page_title": _("Handleiding")})


@hooks.register("register_admin_menu_item")
def guide_menu_item() -> MenuItem:
    """Put the guide at the end of the menu."""
    return MenuItem(_("Handleiding"), reverse("editors_guide"), icon_name="help", order=9500)


@hooks.register("register_admin_urls")
def status_url() -> list[URLPattern]:
    """Give both an address."""
    return [
        path("toestand/", status_report, name="status_report"),
        path("handleiding/", editors_guide, name="editors_guide"),
    ]


class StatusMenuItem(MenuItem):
    """Shows for administrators only."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether this person looks after the site."""
        return bool(request.user.has_perm(PERMISSION))


@hooks.register("register_reports_menu_item")
def status_menu_item() -> MenuItem:
    """Put the status page among the reports."""
    return StatusMenuItem(_("Toestand"), reverse("status_report"), icon_name="check", order=920)
