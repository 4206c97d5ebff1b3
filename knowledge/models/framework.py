"""Frameworks as data: conditions, values, results, actions, anchor points and principles."""

import csv
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.models import Page

from knowledge.models.coverage import CoverageMatrix, coverage_matrix
from knowledge.models.knowledge_page import KnowledgePage
from knowledge.querysets import FrameworkElementQuerySet, worded
from thuisbasis.base.components import Breadcrumbs, CardList, Link


class ElementKind(models.TextChoices):
    """The parts of a framework; those under a condition are the columns of the coverage matrix."""

    CONDITION = "condition", _("Voorwaarde")
    VALUE = "value", _("Waarde")
    RESULT = "result", _("Beoogd resultaat")
    ACTION = "action", _("Actie")
    ANCHOR_POINT = "anchor_point", _("Ankerpunt")
    PRINCIPLE = "principle", _("Werkprincipe")
    STATEMENT = "statement", _("Uitspraak")


KINDS_WITH_PAGE = (ElementKind.CONDITION, ElementKind.ACTION, ElementKind.ANCHOR_POINT)


class Framework(models.Model):
    """One version of a framework; a newer version leaves the tags of the older one in place."""

    code = models.SlugField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("versie"), default=1)
    title = models.CharField(_("titel"), max_length=160)
    source = models.CharField(_("bron"), max_length=240, blank=True)

    class Meta:
        ordering = ["code", "-version"]
        verbose_name = _("kader")
        verbose_name_plural = _("kaders")
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="unique_framework_version")]

    def __str__(self) -> str:
        return self.title


class FrameworkElement(models.Model):
    """One part of a framework, to which pages can be tagged.

    `parent` is the condition of a value, result, action or anchor point, and the principle of
    a statement. A starred element is an indicator of the Dashboard maatschappelijke opvang.
    """

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="elements")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="children")
    kind = models.CharField(_("soort"), max_length=12, choices=ElementKind.choices)
    code = models.CharField(_("code"), max_length=20)
    slug = models.SlugField(_("adresdeel"), max_length=120)
    label = models.CharField(_("naam"), max_length=200)
    description = models.TextField(_("omschrijving"), blank=True)
    is_starred = models.BooleanField(_("indicator"), default=False)
    indicator_definition = models.TextField(_("definitie van de indicator"), blank=True)
    sort_order = models.PositiveSmallIntegerField(default=0)

    objects = FrameworkElementQuerySet.as_manager()

    class Meta:
        ordering = ["framework", "sort_order"]
        verbose_name = _("onderdeel van een kader")
        verbose_name_plural = _("onderdelen van kaders")
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="unique_element_code"),
            models.UniqueConstraint(fields=["framework", "slug"], name="unique_element_slug"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.label}"

    @property
    def has_page(self) -> bool:
        """Say whether the element has a page of its own."""
        return self.kind in KINDS_WITH_PAGE

    @property
    def anchor(self) -> str:
        """Return where the element stands under its framework's page: a page or a place on it."""
        return f"{self.slug}/" if self.has_page else f"#{self.slug}"


class FrameworkPage(KnowledgePage):
    """Shows a framework, each of its elements, and how well our knowledge covers it."""

    kind = "framework"
    kind_label = _("Kader")
    parent_page_types = ["knowledge.HomePage"]
    subpage_types: list[str] = []

    framework = models.ForeignKey(
        Framework,
        verbose_name=_("kader"),
        on_delete=models.PROTECT,
        related_name="pages",
        help_text=_("Welk kader laat deze pagina zien?"),
    )

    content_panels = [
        *Page.content_panels,
        *KnowledgePage.summary_panels,
        FieldPanel("framework"),
        *KnowledgePage.body_panels,
        *KnowledgePage.people_panels,
    ]

    class Meta:
        verbose_name = _("kader")
        verbose_name_plural = _("kaders")

    @cached_property
    def framework_elements(self) -> list[FrameworkElement]:
        """Return all elements in order, in this page's language."""
        return worded(self.framework.elements.in_order(), self.locale.language_code)

    def element_url(self, element: FrameworkElement) -> str:
        """Return where an element is shown."""
        return f"{self.url}{element.anchor}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the elements as a tree."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "tree": self._tree(ElementKind.CONDITION), "principles": self._tree(ElementKind.PRINCIPLE)}

    def _tree(self, kind: ElementKind) -> list[dict[str, Any]]:
        """Return the elements of a kind, each with its children by kind."""
        return [
            {"element": element, **self._children_by_kind(element)}
            for element in self.framework_elements
            if element.kind == kind
        ]

    def _children_by_kind(self, parent: FrameworkElement) -> dict[str, list[FrameworkElement]]:
        children: dict[str, list[FrameworkElement]] = {f"{kind}s": [] for kind in ElementKind.values}
        for element in self.framework_elements:
            if element.parent_id == parent.pk:
                children[f"{element.kind}s"].append(element)
        return children

    def matrix(self, request: HttpRequest) -> CoverageMatrix:
        """Return how many pages this visitor may see in each cell of the framework."""
        visitor = request.visitor
        counts = self.framework.elements.coverage(visitor, self.locale)
        return coverage_matrix(elements=self.framework_elements, counts=counts)

    @path("dekking/", name="coverage")
    def coverage(self, request: HttpRequest) -> HttpResponse:
        """Show the coverage matrix as a table."""
        self.shown_part = "dekking/"
        context = {
            "matrix": self.matrix(request),
            "breadcrumbs": self._breadcrumbs(request),
            "canonical_url": f"{self.absolute_url}dekking/",
        }
        return self.render(request, template="knowledge/framework_coverage.html", context_overrides=context)

    @path("dekking/csv/", name="coverage_csv")
    def coverage_csv(self, request: HttpRequest) -> HttpResponse:
        """Answer with the same matrix as CSV (UTF-8 with a mark, for spreadsheets)."""
        response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{self.slug}-dekking.csv"'
        csv.writer(response).writerows(self.matrix(request).as_rows())
        return response

    @path("<slug:slug>/", name="element")
    def element(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show one condition, action or anchor point with what is tagged to it."""
        elements = {element.pk: element for element in self.framework_elements}
        element = next((each for each in elements.values() if each.slug == slug and each.has_page), None)
        if element is None:
            raise Http404
        self.shown_part = element.anchor
        visitor = request.visitor
        pages = KnowledgePage.objects.visible_to(visitor).filter(elements=element, locale=self.locale)
        context = {
            "element": element,
            "parent": elements.get(element.parent_id or 0),
            "children": self._children_by_kind(element),
            "card_list": CardList(cards=[page.card() for page in pages.newest_first().for_cards()[:48]]),
            "breadcrumbs": self._breadcrumbs(request),
            "canonical_url": f"{self.absolute_url}{element.slug}/",
        }
        return self.render(request, template="knowledge/framework_element.html", context_overrides=context)

    def _breadcrumbs(self, request: HttpRequest) -> Breadcrumbs:
        return Breadcrumbs(links=[*self.ancestor_links(request), Link(label=self.title, url=self.url)])
