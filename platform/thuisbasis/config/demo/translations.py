"""Translates the demo's most read pages, as editors would: a copy of the page in the other tree, with its own words."""

from typing import Any

import yaml
from wagtail.models import Locale, Page

from knowledge.models import (
    ArticleIndexPage,
    CampaignPage,
    ElementWording,
    EpisodePage,
    FrameworkElement,
    FrameworkPage,
    KnowledgePage,
    MediaIndexPage,
    PodcastPage,
    PracticeArticlePage,
    ThemeIndexPage,
)
from thuisbasis.config.demo.site import DATA, DemoSite, explanation_of
from thuisbasis.config.demo.text import blocks, paragraphs, read_articles
from thuisbasis.network.models import Theme

RICH_TEXTS = {
    "aim": "aim",
    "for": "target_group",
    "needs": "preconditions",
    "results": "results",
    "failed": "what_did_not_work",
}
PLAIN_TEXTS = ("costs", "funder")


class DemoTranslations:
    """Builds one language's tree; pages that it lacks stay honestly untranslated."""

    def __init__(self, site: DemoSite, language: str) -> None:
        self.site = site
        self.folder = DATA / language
        self.locale = Locale.objects.get(language_code=language)
        self.data = yaml.safe_load((self.folder / "pages.yaml").read_text(encoding="utf-8"))

    def load(self) -> None:
        """Add everything, those that others stand under or refer to first."""
        self._themes()
        home = self._translate(
            self.site.home,
            {
                **{name: self.data["home"][name] for name in ("title", "heading", "introduction")},
                "explanation": explanation_of(self.data["home"]),
                "about_page": None,
            },
        )
        for model in (ArticleIndexPage, ThemeIndexPage, MediaIndexPage):
            section = model.objects.get(locale=Locale.get_default())
            slug, title, intro = self.data["sections"][section.slug]
            self._translate(section, {"slug": slug, "title": title, "intro": intro})
        self._framework()
        about = self._page(KnowledgePage.objects.get(slug="wat-is-housing-first"), self.data["about"])
        # How many pages it has below it is only known now.
        home.refresh_from_db()
        home.about_page = about
        home.save_revision(user=self.site.editor).publish()
        for article in sorted(read_articles(self.folder), key=lambda each: each.fields["of"] == "den-haag-actief"):
            self._article({**article.fields, "title": article.title, "body": article.text})
        self._campaign()
        self._podcast()

    def _themes(self) -> None:
        for slug, (own_slug, name, description) in self.data["themes"].items():
            theme = Theme.objects.get(slug=slug, locale=Locale.get_default()).copy_for_translation(self.locale)
            theme.slug, theme.name, theme.description = own_slug, name, description
            theme.save()

    def _framework(self) -> None:
        for code, words in self.data["elements"].items():
            ElementWording.objects.create(
                element=FrameworkElement.objects.get(code=code),
                language=self.locale.language_code,
                label=words[0],
                description=words[1] if len(words) > 1 else "",
            )
        self._page(FrameworkPage.objects.get(pk=self.site.framework_page.pk), self.data["framework"])

    def _article(self, fields: dict[str, str]) -> None:
        source = PracticeArticlePage.objects.get(slug=fields["of"], locale=Locale.get_default())
        rich = {name: paragraphs(fields[key]) for key, name in RICH_TEXTS.items()}
        plain = {name: fields.get(name, "") for name in PLAIN_TEXTS}
        origin = source.derived_from and source.derived_from.get_translation_or_none(self.locale)
        self._page(source, fields, {**rich, **plain, "derived_from": origin})

    def _campaign(self) -> None:
        data = self.data["campaign"]
        page = self._page(CampaignPage.objects.get(pk=self.site.campaign.pk), data, is_live=False)
        for month, (title, description) in zip(page.months.order_by("month"), data["months"], strict=True):
            month.title, month.description = title, description
            month.save()
        self._publish(page)

    def _podcast(self) -> None:
        data = self.data["podcast"]
        source = PodcastPage.objects.get(locale=Locale.get_default())
        values = {name: data[name] for name in ("title", "slug", "intro", "feed_name")}
        podcast = self._translate(source, values, is_live=False)
        podcast.seasons.update(name=data["season"])
        self._publish(podcast)
        data = self.data["episode"]
        episode = self._page(EpisodePage.objects.get(slug=data["of"], locale=Locale.get_default()), data, is_live=False)
        for chapter, title in zip(episode.chapters.order_by("start"), data["chapters"], strict=True):
            chapter.title = title
            chapter.save()
        self._publish(episode)

    def _page(self, source: Any, data: Any, values: Any = None, *, is_live: bool = True) -> Any:
        """Translate a page with knowledge, with the themes of its source."""
        words = {name: data[name] for name in ("title", "slug", "summary") if name in data}
        body = {"body": blocks(data["body"])} if "body" in data else {}
        page = self._translate(source, {**words, **body, **(values or {})}, is_live=False)
        keys = source.themes.values("translation_key")
        page.themes = Theme.objects.filter(translation_key__in=keys, locale=self.locale)
        return self._publish(page) if is_live else page

    def _translate(self, source: Page, values: dict[str, Any], *, is_live: bool = True) -> Any:
        page = source.specific.copy_for_translation(self.locale)
        page.first_published_at = source.first_published_at
        for name, value in values.items():
            setattr(page, name, value)
        page.save()
        return self._publish(page) if is_live else page

    def _publish(self, page: Any) -> Any:
        page.save()
        page = type(page).objects.get(pk=page.pk)
        page.save_revision(user=self.site.editor).publish()
        return page
