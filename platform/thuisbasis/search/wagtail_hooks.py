"""What editors do for search: words that mean the same, recommendations, and what was not found."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import permission_required
from wagtail.admin.menu import MenuItem
from wagtail.contrib.search_promotions.models import Query
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from thuisbasis.search.models import SynonymSet
from thuisbasis.search.services import frequent_misses


class CreateSynonyms(CreateView):
    """Begins with the word of the report that led here."""

    def get_initial_form_instance(self) -> SynonymSet:
        """Return a set with the word in the address."""
        return SynonymSet(terms=self.request.GET.get("terms", "")[:200])


class SynonymSetViewSet(SnippetViewSet):
    """Words that mean the same."""

    model = SynonymSet
    icon = "link"
    list_display = ["__str__", "language"]
    search_fields = ["terms"]
    add_to_admin_menu = True
    menu_label = _("Synoniemen")
    menu_order = 295
    add_view_class = CreateSynonyms


register_snippet(SynonymSetViewSet)


@permission_required("search.view_searchmiss")
def misses_report(request: HttpRequest) -> HttpResponse:
    """Show what was looked for in vain, with what an editor can do about it; a POST begins a recommendation."""
    if request.method == "POST":
        return redirect("wagtailsearchpromotions:edit", Query.get(request.POST.get("text", "")[:200]).pk)
    rows = [
        {
            **miss,
            "synonym_url": f"{reverse(SynonymSetViewSet().get_url_name('add'))}?{urlencode({'terms': miss['text']})}",
        }
        for miss in frequent_misses()
    ]
    return render(request, "search/admin/misses.html", {"rows": rows, "page_title": _("Niet gevonden")})


@hooks.register("register_admin_urls")
def admin_addresses() -> list[URLPattern]:
    """Add the report to the admin's addresses."""
    return [path("niet-gevonden/", misses_report, name="search_misses")]


class MissesMenuItem(MenuItem):
    """For who may do something about it."""

    def is_shown(self, request: Any) -> bool:
        """Say whether this editor may see the report."""
        return bool(request.user.has_perm("search.view_searchmiss"))


@hooks.register("register_reports_menu_item")
def misses_menu_item() -> MenuItem:
    """Put the report with Wagtail's own."""
    return MissesMenuItem(_("Niet gevonden"), reverse("search_misses"), icon_name="search", order=900)
