"""Where the practices are, who runs them, and a public page for each."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from knowledge.models.knowledge_page import KnowledgePage
from knowledge.models.listing import address_query
from knowledge.models.practice_map import map_of
from knowledge.models.section import SectionPage
from knowledge.querysets import page_number
from knowledge.signals import AgendaAsk, agenda_items
from thuisbasis.base.components import Breadcrumbs, CardList, FilterForm, Link, Pagination, Select
from thuisbasis.network.models import CareProvider, Practice, Province, TargetGroup
from thuisbasis.network.places import distance, known_as, locate
from thuisbasis.network.policies import may_confirm
from thuisbasis.network.services import PracticeIsNotYours, confirm_practice

PAGE_SIZE = 50
MOST_PAGES_OF_A_PRACTICE = 12
MOST_NEARBY = 3


class PracticeIndexPage(RoutablePageMixin, SectionPage):
    """All practices on a map and in a list, with a page for each practice and each care provider."""

    parent_page_types = ["knowledge.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("overzicht praktijken")

    def practice_url(self, practice: Practice) -> str:
        """Return the address of a practice's own page."""
        return f"{self.url}{self.reverse_subpage('practice', args=[practice.slug])}"

    def provider_url(self, provider: CareProvider) -> str:
        """Return the address of a care provider's own page."""
        return f"{self.url}{self.reverse_subpage('provider', args=[provider.slug])}"

    @path("")
    def index(self, request: HttpRequest) -> HttpResponse:
        """Show the practices that the address asks for."""
        chosen = {
            name: " ".join(request.GET.get(name, "").split())[:100]
            for name in ("plaats", "provincie", "gemeente", "aanbieder", "doelgroep")
        }
        practices = self._found(chosen)
        paginator = Paginator(practices.select_related("care_provider").prefetch_related("target_groups"), PAGE_SIZE)
        page = paginator.get_page(page_number(request.GET.get("pagina")))
        nearby = [] if paginator.count else self._nearby(chosen)
        members = practices.in_network()
        return self.render(
            request,
            context_overrides={
                "filter_form": self._filter_form(chosen),
                "practice_count": members.count(),
                "provider_count": members.order_by().values("care_provider").distinct().count(),
                "found_count": paginator.count,
                "rows": [self._row(practice) for practice in page] or nearby,
                "is_nearby": bool(nearby),
                "place": chosen["plaats"],
                "map": map_of(practices, self),
                "pagination": Pagination.of(page, address_query(request)),
            },
        )

    @path("aanbieder/<slug:slug>/", name="provider")
    def provider(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show a care provider with its practices and what they published."""
        provider = get_object_or_404(CareProvider, slug=slug)
        practices = list(provider.practices.shown().prefetch_related("target_groups").select_related("care_provider"))
        return self._render_below(
            request,
            "knowledge/care_provider.html",
            provider.name,
            self.provider_url(provider),
            provider=provider,
            meta_description=provider.description[:300],
            subject_data=_organization(provider.name, self, self.provider_url(provider), []),
            rows=[self._row(practice) for practice in practices],
            card_list=self._published(request, practices),
        )

    @path("<slug:slug>/", name="practice")
    def practice(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show a practice: what it does, for whom, where, and what it published."""
        practices = Practice.objects.shown().select_related("care_provider").prefetch_related("target_groups")
        practice = get_object_or_404(practices, slug=slug)
        return self._render_below(
            request,
            "knowledge/practice.html",
            practice.name,
            self.practice_url(practice),
            practice=practice,
            meta_description=practice.approach[:300],
            subject_data=_organization(practice.name, self, self.practice_url(practice), practice.places_served),
            provider_url=self.provider_url(practice.care_provider),
            is_fresh=practice.is_fresh(timezone.localdate()),
            may_confirm=may_confirm(request.visitor, practice_id=practice.pk),
            agenda=agenda_items(AgendaAsk(visitor=request.visitor, practice=practice)),
            card_list=self._published(request, [practice]),
        )

    @path("<slug:slug>/bevestigen/", name="confirm")
    def confirm(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Note that the practice looked at its entry; back to its page."""
        practice = get_object_or_404(Practice, slug=slug)
        if request.method == "POST":
            try:
                confirm_practice(practice=practice, visitor=request.visitor, today=timezone.localdate())
            except PracticeIsNotYours as error:
                raise PermissionDenied from error
        return redirect(self.practice_url(practice))

    def _render_below(self, request: HttpRequest, template: str, title: str, url: str, **context: Any) -> HttpResponse:
        self.shown_part = url.removeprefix(self.url)
        links = [*self.ancestor_links(request), Link(label=self.title, url=self.url)]
        shared = {
            "title": title,
            "canonical_url": self.absolute_url.removesuffix(self.url) + url,
            "breadcrumbs": Breadcrumbs(links=links),
        }
        return self.render(request, template=template, context_overrides={**shared, **context})

    def _found(self, chosen: dict[str, str]) -> Any:
        shown = Practice.objects.shown()
        practices = shown.near(known_as(chosen["plaats"]))
        if province := Province.named(chosen["plaats"]):
            practices |= shown.filter(province=province)
        if chosen["provincie"]:
            practices = practices.filter(province=chosen["provincie"])
        if chosen["gemeente"]:
            practices = practices.serving(chosen["gemeente"])
        if chosen["aanbieder"]:
            practices = practices.filter(care_provider__slug=chosen["aanbieder"])
        if chosen["doelgroep"]:
            practices = practices.filter(target_groups__slug=chosen["doelgroep"])
        return practices.by_place()

    def _nearby(self, chosen: dict[str, str]) -> list[dict[str, Any]]:
        """Return the practices nearest to a place that has none itself, with how far they are."""
        here = locate(chosen["plaats"], "NL") or locate(chosen["plaats"], "BE")
        if here is None:
            return []
        others = self._found({**chosen, "plaats": ""}).nearest_to(*here)
        found = others.select_related("care_provider").prefetch_related("target_groups")[:MOST_NEARBY]
        return [
            {**self._row(practice), "kilometres": round(distance(here, (practice.latitude, practice.longitude)))}
            for practice in found
        ]

    def _filter_form(self, chosen: dict[str, str]) -> FilterForm:
        places = Practice.objects.shown().values_list("municipality", "municipalities_served")
        municipalities = {name.strip() for own, served in places for name in (own, *served.split(",")) if name.strip()}
        options = {
            "provincie": (gettext("Provincie"), sorted(Province.choices, key=lambda choice: str(choice[1]))),
            "gemeente": (gettext("Gemeente"), [(name, name) for name in sorted(municipalities)]),
            "aanbieder": (gettext("Zorgaanbieder"), CareProvider.objects.values_list("slug", "name")),
            "doelgroep": (gettext("Voor wie"), TargetGroup.objects.values_list("slug", "name")),
        }
        selects = [
            Select(name=name, label=label, chosen=chosen[name], options=[(str(v), str(text)) for v, text in choices])
            for name, (label, choices) in options.items()
        ]
        return FilterForm(
            action=self.url,
            text_name="plaats",
            text_label=gettext("Plaats of regio"),
            text_autocomplete="address-level2",
            text=chosen["plaats"],
            selects=selects,
            button=gettext("Zoek een praktijk"),
        )

    @cached_property
    def _base_url(self) -> str:
        return str(self.url)

    def _row(self, practice: Practice) -> dict[str, Any]:
        """Return a practice with its addresses; the slugs are put in by hand, as this runs for each row."""
        return {
            "practice": practice,
            "url": f"{self._base_url}{practice.slug}/",
            "provider_url": f"{self._base_url}aanbieder/{practice.care_provider.slug}/",
            "groups": [group.name for group in practice.target_groups.all()],
        }

    def _published(self, request: HttpRequest, practices: list[Practice]) -> CardList:
        pages = KnowledgePage.objects.visible_to(request.visitor).filter(locale=self.locale, practice__in=practices)
        newest = pages.to_read().newest_first().for_cards()[:MOST_PAGES_OF_A_PRACTICE]
        return CardList(cards=[page.card() for page in newest])


def _organization(name: str, directory: PracticeIndexPage, url: str, places: list[str]) -> dict[str, Any]:
    """Return an organisation as schema.org describes it."""
    site = directory.absolute_url.removesuffix(directory.url)
    data = {"@type": "Organization", "name": name, "url": site + url}
    return {**data, "areaServed": places} if places else data
