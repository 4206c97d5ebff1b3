"""What every page with knowledge has: a summary, themes, someone to ask and someone responsible."""

from datetime import date
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager

from knowledge.blocks import BodyBlock
from knowledge.models.appearance import Cast, Role, cast_of
from knowledge.querysets import KnowledgeQuerySet, audience_filter, worded
from thuisbasis.base.blocks import has_footnotes
from thuisbasis.base.components import Card, FactList, Link, Picture
from thuisbasis.base.models import BasePage
from thuisbasis.files.captions import Cue
from thuisbasis.network.memory import remembered_for
from thuisbasis.network.models import Audience, AudienceModel
from thuisbasis.network.policies import may_see_object
from thuisbasis.network.refusals import NotForYou
from thuisbasis.page_store.memory import remembered

SUMMARY_WORDS = 120


def validate_summary_length(value: str) -> None:
    """Raise ValidationError when the summary is longer than people read."""
    count = len(value.split())
    if count > SUMMARY_WORDS:
        raise ValidationError(
            _("Dit zijn %(count)d woorden. Houd het bij hooguit %(limit)d."),
            params={"count": count, "limit": SUMMARY_WORDS},
        )


class KnowledgePage(AudienceModel, RoutablePageMixin, BasePage):
    """A page with knowledge, of any kind; editors create its subclasses."""

    is_creatable = False
    kind: ClassVar[str] = ""
    kind_label: ClassVar[Any] = ""
    schema_type = "Article"
    # Something to go to: lists of what is new to read leave it to the agenda.
    is_in_agenda: ClassVar[bool] = False
    shown_with = ("lead_image",)

    summary = models.TextField(
        _("in het kort"),
        validators=[validate_summary_length],
        help_text=_("In gewone taal, hooguit 120 woorden. Staat boven de tekst, op kaartjes en in zoekresultaten."),
    )
    lead_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("beeld"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Sfeerbeeld bovenaan en op kaartjes. Niemand mag ongewild herkenbaar zijn."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("tekst"), blank=True, help_text=_("De tekst zelf, in blokken."))
    themes = ParentalManyToManyField(
        "network.Theme",
        verbose_name=_("thema's"),
        blank=True,
        related_name="pages",
        help_text=_("Waar gaat dit over? Een tot drie thema's werkt het best."),
    )
    elements = ParentalManyToManyField(
        "knowledge.FrameworkElement",
        verbose_name=_("onderdelen van het kader"),
        blank=True,
        related_name="pages",
        help_text=_("Bij welke onderdelen van een kader hoort dit?"),
    )
    contact_name = models.CharField(
        _("contactpersoon of team"), max_length=120, help_text=_("Wie kan een lezer hierover bellen of mailen?")
    )
    contact_email = models.EmailField(_("e-mailadres voor vragen"), help_text=_("Staat openbaar op de pagina."))
    content_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("inhoudelijk eigenaar"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Wie zorgt dat dit blijft kloppen? Staat niet op de site."),
    )
    is_invented = models.BooleanField(
        _("verzonnen of samengesteld"),
        default=False,
        help_text=_("Aan: personen, citaten of cijfers zijn bedacht. De pagina zegt dat bovenaan."),
    )

    campaign_month = models.DateField(
        _("toon in deze maand van de campagne"),
        null=True,
        blank=True,
        help_text=_("Leeg: de eigen datum bepaalt de maand."),
    )
    leave_out_of_campaign = models.BooleanField(
        _("hoort niet bij een campagne"),
        default=False,
        help_text=_("Aan: deze pagina staat niet op de tijdlijn, ook al valt de datum in een campagne."),
    )

    objects = PageManager.from_queryset(KnowledgeQuerySet)()

    summary_panels = [FieldPanel("summary"), FieldPanel("lead_image")]
    body_panels = [
        FieldPanel("body"),
        InlinePanel("footnotes", label=_("Voetnoot"), heading=_("Voetnoten")),
    ]
    people_panels = [
        InlinePanel("appearances", label=_("Persoon"), heading=_("Mensen op deze pagina")),
        MultiFieldPanel(
            [
                FieldPanel("contact_name"),
                FieldPanel("contact_email"),
                FieldPanel("content_owner"),
                FieldPanel("is_invented"),
            ],
            heading=_("Contact en verantwoording"),
        ),
        MultiFieldPanel([FieldPanel("themes"), FieldPanel("elements")], heading=_("Waar hoort dit bij?")),
        InlinePanel("change_notes", label=_("Wijziging"), heading=_("Belangrijke wijzigingen")),
    ]

    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("audience"), FieldPanel("practice"), FieldPanel("working_group")], heading=_("Voor wie")
        ),
        MultiFieldPanel(
            [FieldPanel("campaign_month"), FieldPanel("leave_out_of_campaign")], heading=_("In een campagne")
        ),
        *Page.promote_panels,
    ]

    class Meta:
        verbose_name = _("kennispagina")

    @property
    def plain_summary(self) -> str:
        """Return the editor's meta description, or else "In het kort"."""
        return str(self.search_description or self.summary)

    @property
    def share_image(self) -> Any:
        """Return the lead image."""
        return self.lead_image

    @property
    def is_public(self) -> bool:
        """Say whether everybody may read this page."""
        return self.audience == Audience.PUBLIC

    def readable(self, pages: models.QuerySet[Page], visitor: Any) -> models.QuerySet[Page]:
        """Keep what this visitor may read of this page in other languages."""
        return pages.filter(models.Q(knowledgepage=None) | audience_filter(visitor, prefix="knowledgepage__"))

    @property
    def updated_date(self) -> date | None:
        """Return the day of the last important change, or None when there was none."""
        return max((note.date for note in self.notes()), default=None)

    def notes(self) -> list[Any]:
        """Return the important changes, the last one first, looked up once."""
        if not hasattr(self, "_notes"):
            self._notes = sorted(self.change_notes.all(), key=lambda note: note.date, reverse=True)
        return self._notes

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Serve the page, or raise NotForYou when this visitor may not see it."""
        visitor = request.visitor
        is_preview = getattr(request, "is_preview", False)
        if not is_preview and not may_see_object(visitor, self):
            raise NotForYou
        return super().serve(request, *args, **kwargs)

    def card(self) -> Card:
        """Return the card that invites to read this page."""
        specific = self.specific_class or type(self)
        moment = getattr(self, "happens_at", None) or self.first_published_at
        return Card(
            title=self.title,
            url=self.url,
            kind=str(specific.kind_label),
            summary=self.summary,
            date=timezone.localdate(moment) if moment else None,
            image=self.lead_image,
            is_invented=self.is_invented,
        )

    def body_text(self) -> str:
        """Return the words of the text, without markup, as they are indexed for search."""
        return " ".join(" ".join(block.block.get_searchable_content(block.value)) for block in self.body)

    def findable_text(self) -> str:
        """Return what search finds besides title and summary: the text, and who may be named."""
        return "\n".join([self.body_text(), *self.cast().names])

    def findable_cues(self) -> list[Cue]:
        """Return what is said on this page at which second; only recordings speak."""
        return []

    def cast(self) -> Cast:
        """Return who may be named on this page today, worked out once."""
        if not hasattr(self, "_cast"):
            self._cast = cast_of(self, timezone.localdate())
        return self._cast

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the template shows besides the fields."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **self._known_around(request)}

    def _known_around(self, request: HttpRequest) -> dict[str, Any]:
        if not self.pk or getattr(request, "is_preview", False):
            return self.around(request)
        if any(has_footnotes(block.value) for block in self.body):
            # Each text block asks for the footnotes: read them once.
            models.prefetch_related_objects([self], "footnotes")
        name = f"around page {self.pk} on {timezone.localdate()}"
        around = remembered_for(request.visitor, name, lambda: self.around(request))
        self._cast, self._notes = around["cast"], around["change_notes"]
        return around

    def around(self, request: HttpRequest) -> dict[str, Any]:
        """Return what is shown besides the text, most of it from other rows, as far as this visitor may know."""
        return {
            "picture": Picture(image=self.lead_image, shape="wide", is_eager=True) if self.lead_image else None,
            "facts": self.facts(),
            "theme_links": self._theme_links(),
            "element_links": self._element_links(request),
            "cast": self.cast(),
            "translation": self._translation(request),
            "change_notes": self.notes(),
        }

    def facts(self) -> FactList:
        """Return what is known about the subject, as labels with values."""
        return FactList()

    def _translation(self, request: HttpRequest) -> dict[str, Any]:
        """Return the newer source page, if there is one, and whether nobody read this translation yet (one query)."""
        same = (page for page in self.family(request) if page.translation_key == self.translation_key)
        source = next((page for page in same if page.locale.language_code == settings.LANGUAGE_CODE), None)
        made_from = getattr(self, "translated_from", None) if source and source.pk != self.pk else None
        if made_from is None or source is None:
            return {}
        is_behind = source.live_revision_id != made_from.source_revision_id
        return {"newer": source if is_behind else None, "is_unreviewed": made_from.is_unreviewed}

    def _theme_links(self) -> list[Link]:
        themes = list(self.themes.all())
        indexes = apps.get_model("knowledge.ThemeIndexPage").objects.live().filter(locale=self.locale)
        index = themes and remembered(f"theme index in {self.locale_id}", indexes.first)
        return [Link(label=theme.name, url=index.theme_url(theme)) for theme in themes] if index else []

    def _element_links(self, request: HttpRequest) -> list[Link]:
        """Return a link to each element, on the page that shows its framework (two queries, three but in Dutch)."""
        elements = worded(self.elements.all(), self.locale.language_code)
        if not elements:
            return []
        shown = apps.get_model("knowledge.FrameworkPage").objects.visible_to(request.visitor).filter(locale=self.locale)
        found = remembered_for(request.visitor, f"framework pages in {self.locale_id}", lambda: list(shown))
        pages = {page.framework_id: page for page in found}
        return [
            Link(label=str(element), url=pages[element.framework_id].element_url(element))
            for element in elements
            if element.framework_id in pages
        ]

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the page as a schema.org Article."""
        data = super().structured_data(request)
        published = self.first_published_at
        data["headline"] = data.pop("name")
        if published:
            data["datePublished"] = published.isoformat()
            data["dateModified"] = (self.updated_date or published.date()).isoformat()
        authors = [{"@type": "Person", "name": credit.name} for credit in self.cast().in_role(Role.AUTHOR)]
        if authors:
            data["author"] = authors
        return {**data, "publisher": {"@type": "Organization", "name": "Housing First Nederland"}}
