"""The pages of search."""

from email.utils import parseaddr
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView, View

from thuisbasis.base.components import (
    EmptyState,
    FacetForm,
    FacetGroup,
    FilterLink,
    FilterLinks,
    Pagination,
    SearchForm,
)
from thuisbasis.network.views import PersonalView
from thuisbasis.search.models import SavedSearch
from thuisbasis.search.registry import facets
from thuisbasis.search.services import (
    FacetChoice,
    NothingToSave,
    SearchResults,
    TooManySaved,
    did_you_mean,
    forget_search,
    note_miss,
    recommended,
    save_search,
    search,
    suggestions,
)

MOST_CHOSEN = 20
NEWEST = "nieuwste"


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Search and show; everything is in the address, so that a search can be shared."""
    number = request.GET.get("pagina", "1")
    results = search(
        text=request.GET.get("q", ""),
        visitor=request.visitor,  # type: ignore[attr-defined] # set by VisitorMiddleware
        selected=selected_in(request.GET),
        order="newest" if request.GET.get("volgorde") == NEWEST else "best",
        page=int(number) if number.isdecimal() and len(number) < 6 else 1,
    )
    return render(request, "search/results.html", _context(request, results))


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Return what somebody may be about to type, as JSON; a browser may keep it for a minute."""
    visitor = request.visitor  # type: ignore[attr-defined] # set by VisitorMiddleware
    response = JsonResponse({"suggestions": suggestions(text=request.GET.get("q", ""), visitor=visitor)})
    patch_cache_control(response, private=True, max_age=60)
    return response


# It changes a number in a report and nothing else, checks for itself what it is told, and knows nobody.
@csrf_exempt  # nosemgrep: forms-carry-a-token (counts a word and knows nobody)
@require_POST
def nothing_found(request: HttpRequest) -> HttpResponse:
    """Count a text that found nothing: sent by the page itself, so that machines that only read are not counted."""
    note_miss(text=request.POST.get("q", ""), today=timezone.localdate())
    return HttpResponse(status=204)


class SavedSearchesView(PersonalView, TemplateView):
    """What somebody keeps looking for; a POST keeps one more."""

    title = gettext_lazy("Bewaarde zoekopdrachten")
    template_name = "search/saved.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List them, with the address of each."""
        rows = [
            (row, _address(row.text, row.selected), _labels(row)) for row in SavedSearch.objects.filter(user=self.user)
        ]
        empty = EmptyState(
            title=_("Je hebt nog niets bewaard"),
            text=_("Zoek iets, en kies boven de resultaten “Bewaar deze zoekopdracht”."),
            link_label=_("Zoeken"),
            link_url=reverse("search"),
        )
        return super().get_context_data(saved=rows, empty=empty, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep a search, and go back to where somebody came from: its results."""
        text, selected = request.POST.get("q", ""), selected_in(request.POST)
        try:
            save_search(user=self.user, text=text, selected=selected)
        except NothingToSave:
            messages.error(request, _("Typ eerst waar je op wilt zoeken."))
        except TooManySaved:
            messages.error(request, _("Je hebt al 20 zoekopdrachten bewaard. Haal er eerst een weg."))
        else:
            messages.success(request, _("Bewaard. Je krijgt bericht als er iets nieuws bij komt."))
        return redirect("saved_searches")


class ForgetSearchView(PersonalView, View):
    """Stops keeping a search."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Forget it and go back to the list."""
        forget_search(user=self.user, pk=pk)
        messages.success(request, _("Deze zoekopdracht is weg."))
        return redirect("saved_searches")


def selected_in(query: QueryDict) -> dict[str, frozenset[str]]:
    """Return what is chosen in an address or a form, by facet."""
    return {
        facet.name: frozenset(value for value in query.getlist(facet.parameter)[:MOST_CHOSEN] if value)
        for facet in facets().values()
    }


def _context(request: HttpRequest, results: SearchResults) -> dict[str, Any]:
    visitor = request.visitor  # type: ignore[attr-defined] # set by VisitorMiddleware
    query = _query(request.GET)
    chosen = {key: value for key, value in query.items() if key not in {"q", "volgorde"}}
    is_beginning = results.page == 1 and not chosen and bool(results.text)
    found_all = bool(results.total) and not results.is_relaxed
    return {
        "results": results,
        "recommended": recommended(text=results.text, visitor=visitor) if is_beginning else [],
        "did_you_mean": "" if found_all or not results.text else did_you_mean(text=results.text, visitor=visitor),
        "is_missed": not results.total and not chosen,
        "search_form": SearchForm(text=results.text, is_large=True),
        "filters": _kinds(results, query),
        "facet_form": _facet_form(results, query),
        "kept_query": [(key, value) for key, values in query.items() for value in values],
        "is_narrowed": bool(chosen),
        "contact_email": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        "pagination": Pagination(page=results.page, page_count=results.page_count, query=query),
    }


def _kinds(results: SearchResults, query: dict[str, list[str]]) -> FilterLinks | None:
    """Return the kinds of things as links: one choice, one tap."""
    kind = next((facet for facet in results.facets if facet.name == "kind"), None)
    if kind is None:
        return None
    others = {key: value for key, value in query.items() if key != kind.parameter}
    everything = FilterLink(label=_("Alles"), query=others, is_selected=not kind.is_selected)
    links = [
        FilterLink(
            label=value.label,
            query={**others, kind.parameter: [value.value]},
            count=value.count,
            is_selected=value.is_selected,
        )
        for value in kind.values
    ]
    return FilterLinks(label=_("Soort"), links=[everything, *links])


def _facet_form(results: SearchResults, query: dict[str, list[str]]) -> FacetForm | None:
    """Return the other choices as one form, of which several can be made at once."""
    groups = [facet for facet in results.facets if facet.name != "kind"]
    if not groups:
        return None
    parameters = {facet.parameter for facet in groups} | {"volgorde"}
    kept = [(key, value) for key, values in query.items() if key not in parameters for value in values]
    return FacetForm(
        action=reverse("search"),
        kept=kept,
        groups=[_group(facet) for facet in groups],
        order=query.get("volgorde", [""])[0],
        clear_url="?" + urlencode({"q": results.text}),
    )


def _group(facet: FacetChoice) -> FacetGroup:
    values = [(value.value, value.label, value.count, value.is_selected) for value in facet.values]
    return FacetGroup(parameter=facet.parameter, label=facet.label, values=values)


def _query(query: QueryDict) -> dict[str, list[str]]:
    """Return what an address of results holds, without the page."""
    names = ["q", *(facet.parameter for facet in facets().values()), "volgorde"]
    return {name: query.getlist(name)[:MOST_CHOSEN] for name in names if any(query.getlist(name))}


def _address(text: str, selected: dict[str, list[str]]) -> str:
    query = {facets()[name].parameter: values for name, values in selected.items() if name in facets()}
    return f"{reverse('search')}?{urlencode({'q': text, **query}, doseq=True)}"


def _labels(row: SavedSearch) -> str:
    """Return what is chosen in a kept search, as people read it."""
    return ", ".join(
        label
        for name, values in row.selected.items()
        if name in facets()
        for label in facets()[name].labels(values).values()
    )
