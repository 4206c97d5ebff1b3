"""The themes and what there is to read about each."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from knowledge.models.knowledge_page import KnowledgePage
from knowledge.models.listing import PAGE_SIZE
from knowledge.models.section import SectionPage
from knowledge.querysets import audience_filter, page_number
from thuisbasis.base.components import Breadcrumbs, CardList, Link, Pagination
from thuisbasis.network.models import Theme


class ThemeIndexPage(RoutablePageMixin, SectionPage):
    """All themes; each theme has an address under this page."""

    parent_page_types = ["knowledge.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("overzicht thema's")

    def themes(self) -> models.QuerySet[Theme]:
        """Return the themes in this page's language."""
        return Theme.objects.filter(locale=self.locale)

    def theme_url(self, theme: Theme) -> str:
        """Return the address of a theme's own page."""
        return f"{self.url}{self.reverse_subpage('theme', args=[theme.slug])}"

    @path("")
    def index(self, request: HttpRequest) -> HttpResponse:
        """Show all themes with the number of pages this visitor may see at each."""
        visitor = request.visitor
        shown = models.Q(pages__live=True) & audience_filter(visitor, prefix="pages__")
        themes = self.themes().annotate(page_count=models.Count("pages", filter=shown, distinct=True))
        entries = [(theme, self.theme_url(theme)) for theme in themes]
        return self.render(request, context_overrides={"entries": entries})

    @path("<slug:slug>/", name="theme")
    def theme(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show everything about one theme, newest first; 404 for an unknown theme."""
        theme = get_object_or_404(self.themes(), slug=slug)
        translations = Theme.objects.filter(translation_key=theme.translation_key)
        self.shown_part = {locale: f"{slug}/" for locale, slug in translations.values_list("locale", "slug")}
        visitor = request.visitor
        pages = KnowledgePage.objects.visible_to(visitor).filter(themes=theme).to_read().newest_first().for_cards()
        paginator = Paginator(pages, PAGE_SIZE)
        page = paginator.get_page(page_number(request.GET.get("pagina")))
        links = [*self.ancestor_links(request), Link(label=self.title, url=self.url)]
        context: dict[str, Any] = {
            "theme": theme,
            "canonical_url": f"{self.absolute_url}{theme.slug}/",
            "breadcrumbs": Breadcrumbs(links=links),
            "total": paginator.count,
            "card_list": CardList(cards=[item.card() for item in page]),
            "pagination": Pagination.of(page),
        }
        return self.render(request, template="knowledge/theme.html", context_overrides=context)
