"""Declares what of the knowledge site is found by searching."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import get_text_for_indexing

from knowledge.models import (
    ElementWording,
    FrameworkElement,
    FrameworkPage,
    KnowledgePage,
    PracticeArticlePage,
    PracticeIndexPage,
)
from knowledge.models.article import EvidenceLevel
from knowledge.models.framework import KINDS_WITH_PAGE, ElementKind
from knowledge.querysets import worded
from thuisbasis.base.models import is_original
from thuisbasis.network.models import Audience, Practice, Theme
from thuisbasis.search.registry import Declaration, Facet, Findable, Spoken, declare_facet, declare_searchable

PRACTICE_WEIGHT = 0.4
ARTICLE_TEXTS = ("aim", "target_group", "preconditions", "results", "what_did_not_work")


def declare() -> None:
    """Tell search about pages, framework elements and practices, and by what they can be narrowed."""
    declare_facet(Facet(name="theme", parameter="thema", label=_("Thema"), labels=_theme_names))
    declare_facet(Facet(name="condition", parameter="voorwaarde", label=_("Voorwaarde"), labels=_condition_names))
    declare_facet(Facet(name="place", parameter="gemeente", label=_("Gemeente"), labels=_as_they_are))
    declare_facet(Facet(name="evidence", parameter="bewijskracht", label=_("Bewijskracht"), labels=_evidence_levels))
    declare_searchable(
        Declaration(model=KnowledgePage, rows=_pages, describe=describe_page),
        kinds={
            "article": _("Praktijkvoorbeelden"),
            "episode": _("Podcasts"),
            "talk_show": _("Talkshows"),
            "publication": _("Publicaties"),
            "project": _("Projecten"),
            "campaign": _("Campagnes"),
            "framework": _("Kaders"),
            "event": _("Bijeenkomsten"),
            "recap": _("Terugblikken"),
            "page": _("Pagina's"),
        },
    )
    declare_searchable(
        Declaration(model=FrameworkElement, rows=_elements, describe=describe_element),
        kinds={"element": _("Onderdelen van kaders")},
    )
    declare_searchable(
        Declaration(model=ElementWording, rows=_wordings, describe=describe_wording),
        kinds={"element": _("Onderdelen van kaders")},
    )
    declare_searchable(
        Declaration(model=Practice, rows=_practices, describe=describe_practice),
        kinds={"practice": _("Praktijken")},
    )


def describe_page(page: Any) -> Findable | None:
    """Return what is findable of a page; None when it is not published."""
    url = page.url
    if not page.live or not url:
        return None
    fields = [getattr(page, name) for name in ARTICLE_TEXTS] if isinstance(page, PracticeArticlePage) else []
    themes = list(page.themes.all())
    text = "\n".join([page.findable_text(), *(get_text_for_indexing(field) for field in fields)])
    return Findable(
        kind=page.kind,
        language=page.locale.language_code,
        name=page.title,
        summary=page.summary,
        text=text,
        url=url,
        audience=page.audience,
        practice_id=page.practice_id,
        working_group_id=page.working_group_id,
        published_at=page.first_published_at,
        keywords=" ".join(theme.name for theme in themes),
        facets=tuple(_page_facets(page, themes)),
        spoken=tuple(Spoken(start=cue.start, voice=cue.voice, text=cue.text) for cue in page.findable_cues()),
    )


def _page_facets(page: Any, themes: list[Theme]) -> Iterator[tuple[str, str]]:
    # In the site's own language themes have the slugs that all languages share.
    for slug in [theme.slug for theme in themes] if is_original(page) else page.themes.all().shared_slugs():
        yield "theme", slug
    for code in page.elements.filter(kind=ElementKind.CONDITION).values_list("code", flat=True):
        yield "condition", code
    if page.practice_id:
        yield "place", page.practice.municipality
    if isinstance(page, PracticeArticlePage):
        yield "evidence", page.evidence_level


def describe_element(element: FrameworkElement) -> Findable | None:
    """Return what is findable of a framework's element; None while no published page shows it."""
    return _on_framework_page(element, settings.LANGUAGE_CODE, element.label, element.description)


def describe_wording(wording: ElementWording) -> Findable | None:
    """Return what is findable of an element in another language; None while no page in that language shows it."""
    return _on_framework_page(wording.element, wording.language, wording.label, wording.description)


def _on_framework_page(element: FrameworkElement, language: str, label: str, description: str) -> Findable | None:
    pages = FrameworkPage.objects.filter(framework=element.framework_id, live=True)
    page = pages.filter(locale__language_code=language).first()
    if page is None or element.kind not in KINDS_WITH_PAGE:
        return None
    with translation.override(language):
        summary = description or f"{element.get_kind_display()}. {page.title}"
    return Findable(
        kind="element",
        language=language,
        name=label,
        summary=summary,
        text="",
        url=page.element_url(element),
        audience=page.audience,
        practice_id=page.practice_id,
        working_group_id=page.working_group_id,
        published_at=page.first_published_at,
    )


def describe_practice(practice: Practice) -> Findable | None:
    """Return what is findable of a practice; None while it, or the page that lists practices, is no longer shown."""
    directory = PracticeIndexPage.originals().live().first() if practice.live else None
    if directory is None:
        return None
    places = [practice.municipality, practice.municipalities_served]
    summary = practice.approach or ", ".join(filter(None, [str(practice.care_provider), *places]))
    return Findable(
        kind="practice",
        language=directory.locale.language_code,
        name=practice.name,
        summary=Truncator(summary).chars(200),
        text=" ".join([practice.approach, practice.target_group, str(practice.care_provider), *places]),
        url=directory.practice_url(practice),
        audience=Audience.PUBLIC,
        practice_id=practice.pk,
        published_at=None,
        # Who looks for a subject wants to read of it; who looks for a place or a name finds nothing else anyway.
        weight=PRACTICE_WEIGHT,
        facets=tuple(("place", place) for place in practice.places_served),
    )


def _pages() -> Iterable[Any]:
    return KnowledgePage.objects.live().specific().iterator()


def _elements() -> Iterable[FrameworkElement]:
    return FrameworkElement.objects.select_related("framework").iterator()


def _wordings() -> Iterable[ElementWording]:
    return ElementWording.objects.select_related("element__framework").iterator()


def _practices() -> Iterable[Practice]:
    return Practice.objects.shown().select_related("care_provider").iterator()


def _theme_names(slugs: list[str]) -> dict[str, str]:
    return Theme.objects.names_by_shared_slug(slugs, get_language() or "")


def _condition_names(codes: list[str]) -> dict[str, str]:
    conditions = FrameworkElement.objects.filter(kind=ElementKind.CONDITION, code__in=codes)
    return {each.code: each.label for each in worded(conditions.order_by("code"), get_language() or "")}


def _as_they_are(names: list[str]) -> dict[str, str]:
    return {name: name for name in sorted(names)}


def _evidence_levels(levels: list[str]) -> dict[str, str]:
    return {level: str(label) for level, label in EvidenceLevel.choices if level in levels}
