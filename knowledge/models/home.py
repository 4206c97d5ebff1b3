"""The front door."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from knowledge.models.article import ArticleIndexPage, PracticeArticlePage
from knowledge.models.campaign import CampaignPage
from knowledge.models.content import ContentPage
from knowledge.models.directory import PracticeIndexPage
from knowledge.models.knowledge_page import KnowledgePage
from thuisbasis.base.blocks import FactsBlock, StepsBlock
from thuisbasis.base.components import Picture
from thuisbasis.base.models import BasePage
from thuisbasis.network.memory import remembered_for
from thuisbasis.network.policies import Visitor
from thuisbasis.page_store.memory import remembered


class HomePage(BasePage):
    """What Housing First is, what is new, what runs now and who is near."""

    parent_page_types = ["wagtailcore.Page"]
    max_count = 3
    always_public = True
    shown_with = ("image",)

    heading = models.CharField(
        _("grote kop"), max_length=120, help_text=_("Waar staat Housing First voor, in één zin?")
    )
    introduction = models.TextField(
        _("inleiding"), help_text=_("Twee of drie zinnen voor wie hier voor het eerst komt.")
    )
    about_page = models.ForeignKey(
        "knowledge.KnowledgePage",
        verbose_name=_("pagina met uitleg"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Waar leest iemand meer over Housing First?"),
    )
    explanation = StreamField(
        StreamBlock([("steps", StepsBlock()), ("facts", FactsBlock())]),
        verbose_name=_("uitleg"),
        blank=True,
        help_text=_("Stappen of cijfers die Housing First in een oogopslag uitleggen."),
    )
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("beeld"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Voor wie de site deelt op sociale media."),
    )

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("heading"), FieldPanel("introduction")], heading=_("Bovenaan")),
        FieldPanel("explanation"),
        FieldPanel("about_page"),
        FieldPanel("image"),
    ]

    class Meta:
        verbose_name = _("voorpagina")

    @property
    def plain_summary(self) -> str:
        """Return the editor's meta description, or else the introduction."""
        return str(self.search_description or self.introduction)

    @property
    def share_image(self) -> Any:
        """Return the image for social media."""
        return self.image

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find the page at an address; raise Http404 in a language that this tree is not written in.

        Without a translated home page, Wagtail would serve the Dutch pages as if they were English.
        """
        if get_language() != self.locale.language_code:
            raise Http404
        request.home_page = self
        found = super().route(request, path_components)
        # A page is in the language of its tree: nobody need look that up again.
        if found.page.locale_id == self.locale_id:
            found.page.locale = self.locale
        return found

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the newest of each kind, the campaign and the themes."""
        context = super().get_context(request, *args, **kwargs)
        visitor, today = request.visitor, timezone.localdate()
        name = f"what is new under {self.pk} on {today}"
        about_page = KnowledgePage.objects.visible_to(visitor).filter(pk=self.about_page_id)
        return {
            **context,
            **remembered_for(visitor, name, lambda: self._new_and_running(visitor, today)),
            "about_page": remembered_for(visitor, f"page {self.about_page_id}", about_page.first),
            "article_index": self._section(ArticleIndexPage),
            "practice_index": self._section(PracticeIndexPage),
        }

    def _section(self, kind: type[Page]) -> Page | None:
        """Return the section of a kind under this home page, or None."""
        found = kind.objects.child_of(self).live() if self.pk else kind.objects.none()
        return remembered(f"{kind.__name__} under {self.pk}", found.first)

    def _new_and_running(self, visitor: Visitor, today: date) -> dict[str, Any]:
        """Return three new articles, of each other kind the newest, and the campaign."""
        campaigns = CampaignPage.objects.child_of(self) if self.pk else CampaignPage.objects.none()
        campaign = campaigns.visible_to(visitor).running_or_latest(today).for_cards().first()
        picture = Picture(image=campaign.lead_image, shape="card") if campaign and campaign.lead_image else None
        return {
            **self._newest(visitor),
            "campaign": campaign,
            "campaign_picture": picture,
            "tense": campaign.tense(today) if campaign else "",
        }

    def _newest(self, visitor: Visitor) -> dict[str, Any]:
        below = KnowledgePage.objects.descendant_of(self) if self.pk else KnowledgePage.objects.none()
        pages = (
            below.visible_to(visitor)
            .to_read()
            .not_exact_type(CampaignPage, ContentPage)
            .newest_of_each_kind(3)
            .for_cards()
        )
        articles = [page for page in pages if issubclass(page.specific_class, PracticeArticlePage)]
        others = [page for page in pages if page not in articles]
        return {
            "article_cards": [page.card() for page in articles],
            "other_cards": [page.card() for page in others if page.rank_in_kind == 1],
        }

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the organisation behind the site, as the home page stands for it."""
        return {
            "@type": "Organization",
            "name": "Housing First Nederland",
            "url": self.absolute_url,
            "description": self.plain_summary,
        }
