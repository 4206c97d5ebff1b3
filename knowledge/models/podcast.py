"""A podcast: the channel that listeners subscribe to."""

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page

from knowledge.models.appearance import Cast, cast_of
from knowledge.models.episode import EpisodePage
from knowledge.models.listing import ListingPage, address_query
from knowledge.models.recorded import Children, artwork_of
from knowledge.models.recorded_form import CheckedPageForm, RemarksPanel
from knowledge.policies import MOST_SEASON_NAME, Remark, artwork_remarks, channel_remarks, podcast_guid
from knowledge.querysets import EpisodeQuerySet
from thuisbasis.base.components import FilterLink, FilterLinks


class PodcastCategory(models.TextChoices):
    """The categories of podcast apps that fit us; after " > " comes the subcategory."""

    SOCIETY = "Society & Culture", _("Samenleving en cultuur")
    PERSONAL = "Society & Culture > Personal Journals", _("Persoonlijke verhalen")
    DOCUMENTARY = "Society & Culture > Documentary", _("Documentaire")
    MENTAL_HEALTH = "Health & Fitness > Mental Health", _("Geestelijke gezondheid")
    NON_PROFIT = "Business > Non-Profit", _("Zonder winstoogmerk")
    GOVERNMENT = "Government", _("Overheid")


class PodcastPage(ListingPage):
    """A podcast with its episodes; its feed and its GUID never change once they are known."""

    base_form_class = CheckedPageForm
    listed_model = EpisodePage
    narrowed_by = ("seizoen",)
    max_count_per_parent = None
    parent_page_types = ["knowledge.MediaIndexPage"]
    subpage_types = ["knowledge.EpisodePage"]
    schema_type = "PodcastSeries"
    kind_label = _("Podcast")
    exclude_fields_in_copy = ["guid", "feed_name"]

    feed_name = models.CharField(
        _("naam van de feed"),
        max_length=60,
        unique=True,
        null=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9-]*$", _("Gebruik kleine letters, cijfers en streepjes."))],
        help_text=_("Staat in het adres waarop luisteraars zich abonneren. Verander dit nooit meer."),
    )
    guid = models.CharField(max_length=36, editable=False, default="", blank=True)
    cover = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("hoes"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Vierkant, 1400 tot 3000 pixels, JPEG of PNG."),
    )
    author = models.CharField(_("maker"), max_length=120, help_text=_("Zoals apps het tonen."))
    owner_name = models.CharField(
        _("naam van de eigenaar"), max_length=120, help_text=_("Een organisatie of team, geen persoon.")
    )
    owner_email = models.EmailField(
        _("e-mailadres van de eigenaar"), blank=True, help_text=_("Staat in de feed. Gebruik een adres van een team.")
    )
    category = models.CharField(
        _("categorie"),
        max_length=60,
        choices=PodcastCategory.choices,
        default=PodcastCategory.SOCIETY,
        help_text=_("Waar staat de podcast in de apps?"),
    )
    is_serial = models.BooleanField(
        _("in volgorde luisteren"), default=False, help_text=_("Aan: apps beginnen bij aflevering 1.")
    )
    is_explicit = models.BooleanField(
        _("niet voor kinderen"),
        default=False,
        help_text=_("Aan: apps waarschuwen voor wat heftig is."),
    )
    is_locked = models.BooleanField(
        _("op slot"), default=True, help_text=_("Aan: een ander platform mag deze podcast niet overnemen.")
    )
    license = models.CharField(
        _("licentie"), max_length=60, blank=True, help_text=_("Een SPDX-code in kleine letters, zoals cc-by-4.0.")
    )
    new_feed_url = models.URLField(
        _("verhuisd naar"),
        blank=True,
        help_text=_("Het nieuwe adres van de feed. Apps gaan vanzelf mee."),
    )

    content_panels = [
        *Page.content_panels,
        RemarksPanel(),
        FieldPanel("intro"),
        FieldPanel("cover"),
        MultiFieldPanel(
            [FieldPanel("author"), FieldPanel("owner_name"), FieldPanel("owner_email"), FieldPanel("license")],
            heading=_("Van wie"),
        ),
        InlinePanel("appearances", label=_("Persoon"), heading=_("Vaste presentatoren")),
        MultiFieldPanel(
            [
                FieldPanel("feed_name"),
                FieldPanel("category"),
                FieldPanel("is_serial"),
                FieldPanel("is_explicit"),
                FieldPanel("is_locked"),
                FieldPanel("new_feed_url"),
            ],
            heading=_("Feed"),
        ),
        InlinePanel("seasons", label=_("Seizoen"), heading=_("Seizoenen")),
    ]

    class Meta:
        verbose_name = _("podcast")
        verbose_name_plural = _("podcasts")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; the GUID is made from the feed's address the first time, and stays."""
        if self.feed_name and not self.guid:
            self.guid = podcast_guid(self.feed_url)
        super().save(*args, **kwargs)

    @property
    def share_image(self) -> Any:
        """Return the cover."""
        return self.cover

    @property
    def feed_url(self) -> str:
        """Return the absolute address of the feed."""
        return settings.SITE_URL + reverse("podcast_feed", args=[self.feed_name])

    @property
    def season_names(self) -> dict[int, str]:
        """Return the name of each season by its number."""
        return {season.number: season.name for season in self.seasons.all()}

    def cast(self) -> Cast:
        """Return the hosts who agreed to be named, worked out once."""
        if not hasattr(self, "_cast"):
            self._cast = cast_of(self, timezone.localdate())
        return self._cast

    def published_episodes(self) -> EpisodeQuerySet:
        """Return what everyone may hear, newest first: what a feed holds."""
        return EpisodePage.objects.child_of(self).for_everyone()

    def remarks(self, children: Children) -> list[Remark]:
        """Return what podcast apps would refuse; `children` are the rows of a form."""
        seasons = children["seasons"] if "seasons" in children else self.seasons.all()
        return [
            *artwork_remarks(artwork_of(self.cover)),
            *channel_remarks(
                owner_email=self.owner_email,
                description=self.intro,
                seasons=[season.number for season in seasons],
                addresses=[("new_feed_url", self.new_feed_url)],
            ),
        ]

    def filtered(self, listed: Any, wishes: dict[str, str]) -> Any:
        """Narrow to the season that is asked."""
        chosen = wishes["seizoen"]
        is_number = chosen.isascii() and chosen.isdecimal() and len(chosen) < 4
        return listed.filter(season_number=int(chosen)) if is_number else listed

    def filters(self, request: HttpRequest) -> list[FilterLinks]:
        """Return the seasons to choose from, when there are several."""
        seasons = self.season_names
        if len(seasons) < 2:
            return []
        chosen, others = request.GET.get("seizoen", ""), address_query(request, without="seizoen")
        links = [FilterLink(label=gettext("Alle seizoenen"), query=others, is_selected=not chosen)]
        links += [
            FilterLink(label=name, query={**others, "seizoen": str(number)}, is_selected=chosen == str(number))
            for number, name in seasons.items()
        ]
        return [FilterLinks(label=gettext("Seizoen"), links=links)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the hosts and the address to subscribe with."""
        return {**super().get_context(request, *args, **kwargs), "cast": self.cast(), "feed_url": self.feed_url}

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the podcast as a schema.org PodcastSeries."""
        data = {**super().structured_data(request), "webFeed": self.feed_url}
        hosts = [{"@type": "Person", "name": credit.name} for credit in self.cast().speakers]
        return {**data, "author": hosts} if hosts else data


class PodcastSeason(Orderable):
    """A season and its name."""

    page = ParentalKey(PodcastPage, on_delete=models.CASCADE, related_name="seasons")
    number = models.PositiveSmallIntegerField(_("nummer"))
    name = models.CharField(_("naam"), max_length=MOST_SEASON_NAME)

    panels = [FieldPanel("number"), FieldPanel("name")]

    class Meta(Orderable.Meta):
        ordering = ["number"]
        verbose_name = _("seizoen")
        verbose_name_plural = _("seizoenen")
