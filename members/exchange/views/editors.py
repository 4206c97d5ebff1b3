"""What members propose, for the editors."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.admin.auth import permission_required

from members.exchange.models import Proposal
from members.exchange.services import proposal_state

PAGE_SIZE = 20


@permission_required("network.add_person")
def proposals_of_members(request: HttpRequest) -> HttpResponse:
    """List proposals with where they are and the conversation, newest first."""
    rows = Proposal.objects.select_related("author", "page__practice").prefetch_related("messages__author")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("p"))
    context = {
        "page_title": _("Voorstellen van leden"),
        "header_icon": "mail",
        "page_obj": page,
        "rows": [(proposal, proposal_state(proposal)) for proposal in page.object_list],
    }
    return render(request, "members/admin/proposals.html", context)
