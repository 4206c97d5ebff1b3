"""The page that every page of the site is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page

from thuisbasis.base.components import Breadcrumbs, Link


class BasePage(Page):
    """A page with the metadata that browsers, search engines and social media ask for.

    Subclasses say what they are with `schema_type` (schema.org) and refine `structured_data`.
    Wagtail's own page privacy is switched off in the editor: `visible_to` is the only rule.
    A page type without an audience says so with `always_public`.
    """

    schema_type = "WebPage"
    always_public = False
    private_page_options: list[str] = []

    class Meta:
        abstract = True

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
        """Return the one absolute address of this page, on the site's own address."""
        return f"{settings.SITE_URL}{self.url}"

    def ancestor_links(self, request: HttpRequest) -> list[Link]:
        """Return the links from the home page down to the page above this one.

        Only sections stand above other pages, and those are public.
        """
        if not hasattr(self, "_ancestor_links"):
            pages = self.get_ancestors().filter(depth__gt=1).live() if self.path else []
            self._ancestor_links = [Link(label=page.title, url=page.get_url(request) or "/") for page in pages]
        return self._ancestor_links

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the way here."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "breadcrumbs": Breadcrumbs(links=self.ancestor_links(request))}

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return this page as schema.org data, without its @context."""
        return {
            "@type": self.schema_type,
            "name": self.title,
            "description": self.plain_summary,
            "url": self.absolute_url,
            "inLanguage": self.locale.language_code,
        }
