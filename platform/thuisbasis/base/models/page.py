"""The page that every page of the site is."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language_info
from wagtail.models import Page, PageViewRestriction

from thuisbasis.base.components import Alternate, Breadcrumbs, LanguageChoice, Languages, Link

# What is asked of the pages above and beside a page.
OF_FAMILY = (
    "path", "depth", "title", "url_path", "alias_of", "translation_key", "live_revision", "locale__language_code",
)  # fmt: skip


def is_original(page: Page) -> bool:
    """Say whether a page is in the language that the others are translated from."""
    return bool(page.locale.language_code == settings.LANGUAGE_CODE)


class BasePage(Page):
    """A page with the metadata that browsers, search engines and social media ask for.

    Subclasses say what they are with `schema_type` (schema.org) and refine `structured_data`.
    Wagtail's own page privacy is switched off in the editor: `visible_to` is the only rule.
    A page type without an audience says so with `always_public`.
    """

    schema_type = "WebPage"
    always_public = False
    private_page_options: list[str] = []
    # What is read along with a page that somebody opens.
    shown_with: tuple[str, ...] = ()
    # A part of a page that has its own address: the rest of that address, by locale where it differs.
    shown_part: str | dict[int, str] = ""

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Any = None) -> None:
        """Check the fields, but not whether what they point at is still there.

        The form offered it and the database insists on it; Django would ask for each field, each time a page is
        checked, which Wagtail does three times while it publishes.
        """
        there = {
            field.name
            for field in self._meta.concrete_fields
            if field.many_to_one and not field.get_limit_choices_to() and getattr(self, field.attname) is not None
        }
        super().clean_fields(exclude={*(exclude or ()), *there})

    @classmethod
    def originals(cls) -> Any:
        """Return the pages of this type in the default language, top to bottom: what translations are made from."""
        return cls._default_manager.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path")

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return none: `visible_to` is the only rule, and looking for another one costs every page two queries."""
        return PageViewRestriction.objects.none()

    @property
    def plain_summary(self) -> str:
        """Return one plain paragraph about the page, for cards, feeds and meta descriptions."""
        return str(self.search_description)

    @property
    def share_image(self) -> Any:
        """Return the image that stands for this page elsewhere, or None."""
        return None

    @property
    def absolute_url(self) -> str:
        """Return the one absolute address of what stands here, on the site's own address: an alias has none itself."""
        original = self.alias_of if self.alias_of_id else self
        return f"{settings.SITE_URL}{original.url}"

    @property
    def is_public(self) -> bool:
        """Say whether everybody may read this page."""
        return self.always_public

    def readable(self, pages: QuerySet[Page], visitor: Any) -> QuerySet[Page]:
        """Keep what this visitor may read of pages above and beside this one; sections are for everybody."""
        return pages

    def family(self, request: Any) -> list[Page]:
        """Return the published pages from the home page down to this one, in every language (one query)."""
        if not hasattr(self, "_family"):
            way = self.get_ancestors(inclusive=True).filter(depth__gt=1) if self.path else Page.objects.none()
            pages = Page.objects.filter(translation_key__in=way.values("translation_key")).live()
            pages = pages.select_related("locale").only(*OF_FAMILY).order_by("depth")
            self._family = list(self.readable(pages, request.visitor))
        return self._family

    def ancestor_links(self, request: HttpRequest) -> list[Link]:
        """Return the links from the home page down to the page above this one."""
        above = [page for page in self.family(request) if self.is_descendant_of(page)]
        return [Link(label=page.title, url=page.get_url(request) or "/") for page in above]

    def languages(self, request: HttpRequest) -> Languages:
        """Return where else this page, or the part of it that is shown, can be read."""
        mine = {page.locale_id: page for page in self.family(request) if page.translation_key == self.translation_key}
        mine = {key: page for key, page in mine.items() if page.alias_of_id is None}
        choices, alternates = [], []
        for code, _name in settings.LANGUAGES:
            nearest = [page for page in self.family(request) if page.locale.language_code == code]
            if not nearest:
                continue
            page = mine.get(nearest[0].locale_id)
            part = None if page is None else self._part_in(page)
            url = f"{(nearest[-1] if page is None or part is None else page).get_url(request)}{part or ''}"
            is_current = code == self.locale.language_code
            name = get_language_info(code)["name_local"].capitalize()
            choices.append(
                LanguageChoice(code=code, name=name, url=url, is_current=is_current, is_missing=part is None)
            )
            if part is not None:
                alternates.append(Alternate(code=code, url=f"{settings.SITE_URL}{url}"))
        return Languages(choices=choices, alternates=_with_default(alternates) if self.is_public else [])

    def _part_in(self, page: Page) -> str | None:
        """Return the rest of the address in another language; None when that part is missing there."""
        return self.shown_part if isinstance(self.shown_part, str) else self.shown_part.get(page.locale_id)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the way here, and the way to other languages."""
        context = super().get_context(request, *args, **kwargs)
        links = self.ancestor_links(request)
        return {**context, "breadcrumbs": Breadcrumbs(links=links), "languages": self.languages(request)}

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return this page as schema.org data, without its @context."""
        return {
            "@type": self.schema_type,
            "name": self.title,
            "description": self.plain_summary,
            "url": self.absolute_url,
            "inLanguage": self.locale.language_code,
        }


def _with_default(alternates: list[Alternate]) -> list[Alternate]:
    """Return the addresses with the one for readers of other languages; nothing when there is only one.

    Source: Google Search Central, "Tell Google about localized versions of your page".
    """
    if len(alternates) < 2:
        return []
    default = [Alternate(code="x-default", url=each.url) for each in alternates if each.code == settings.LANGUAGE_CODE]
    return [*alternates, *default]
