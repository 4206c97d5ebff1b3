"""Views for editors that are not pages: importing, planning campaigns and ending consent."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.forms import ImportForm, WithdrawForm
from knowledge.models import ArticleIndexPage, CampaignPage
from knowledge.services import ThereIsNoPlaceForArticles, import_document, pages_with, plan_of, texts_that_name
from thuisbasis.files.reading import FileCannotBeRead
from thuisbasis.network.models import Person
from thuisbasis.network.services import withdraw_consent

MOST_CAMPAIGNS = 10


@require_http_methods(["GET", "POST"])
def import_documents(request: HttpRequest) -> HttpResponse:
    """Let an editor upload documents, and show per file what became of it."""
    section = ArticleIndexPage.objects.first()
    if section and not section.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    results: list[dict[str, Any]] = []
    if form.is_bound and form.is_valid():
        results = [_import(file, request.user) for file in form.cleaned_data["documents"]]
    return render(request, "knowledge/admin/import_documents.html", {"form": form, "results": results})


def _import(file: Any, user: Any) -> dict[str, Any]:
    try:
        return {"report": import_document(name=file.name, data=file.read(), user=user, now=timezone.now())}
    except (FileCannotBeRead, ThereIsNoPlaceForArticles) as error:
        return {"name": file.name, "error": str(error)}


@require_safe
def campaign_plans(request: HttpRequest) -> HttpResponse:
    """Show editors which month of each campaign lacks what."""
    campaigns = CampaignPage.objects.order_by("-start_date").prefetch_related("months")[:MOST_CAMPAIGNS]
    plans = [plan_of(campaign=campaign) for campaign in campaigns]
    return render(request, "knowledge/admin/campaign_plans.html", {"plans": plans})


@require_http_methods(["GET", "POST"])
def end_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where a person is named, and take the name away everywhere when the editor says so."""
    if not request.user.has_perm("network.change_person"):
        raise PermissionDenied
    person = get_object_or_404(Person, pk=pk)
    today = timezone.localdate()
    form = WithdrawForm(request.POST if request.method == "POST" else None, uses=person.uses_agreed_on(today))
    ended = None
    if form.is_bound and form.is_valid():
        ended = withdraw_consent(person=person, uses=frozenset(form.cleaned_data["uses"]), today=today)
        form = WithdrawForm(None, uses=person.uses_agreed_on(today))
    context = {
        "person": person,
        "form": form,
        "ended": ended,
        "pages": pages_with(person=person),
        # While consent holds, search itself names the person: only afterwards what is left is text.
        "texts": [] if person.uses_agreed_on(today) else texts_that_name(person=person),
    }
    return render(request, "knowledge/admin/end_consent.html", context)
