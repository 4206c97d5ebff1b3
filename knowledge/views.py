"""Views of the knowledge site that are not pages: importing documents."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from knowledge.forms import ImportForm
from knowledge.models import ArticleIndexPage
from knowledge.services import ThereIsNoPlaceForArticles, import_document
from thuisbasis.files.reading import FileCannotBeRead


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
