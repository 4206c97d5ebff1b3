"""Instruments and their versions: data, of which a published version never changes."""

from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import PreviewableMixin

from members.assessments import blocks
from members.assessments.questionnaires import Questionnaire, Rules
from members.assessments.reading import bands_in, fields_of, labels_in, profile_in, sections_in
from members.assessments.scoring import exact

SEMVER = RegexValidator(r"^\d+\.\d+\.\d+$", _("Schrijf drie getallen met punten, zoals 1.0.0."))
SHARE = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))]


class InstrumentKind(models.TextChoices):
    """What an instrument is for."""

    SCORED = "scored", _("spiegel met cijfers")
    REFLECTION = "reflection", _("gesprek zonder cijfers")


class VersionStatus(models.TextChoices):
    """Where a version is in its life."""

    DRAFT = "draft", _("in de maak")
    PUBLISHED = "published", _("gepubliceerd")
    RETIRED = "retired", _("niet meer in gebruik")


class TextAudience(models.TextChoices):
    """Who may read the text of an instrument with a licence."""

    NETWORK = "network", _("Netwerk: alle aangesloten praktijken")
    STEERING_GROUP = "steering_group", _("Stuurgroep")


class Instrument(models.Model):
    """A questionnaire that lives on in versions."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("soort"), max_length=10, choices=InstrumentKind.choices)

    class Meta:
        ordering = ["code"]
        verbose_name = _("instrument")
        verbose_name_plural = _("instrumenten")

    def __str__(self) -> str:
        return self.code


class InstrumentVersion(PreviewableMixin, models.Model):
    """One version; once published, the database itself refuses every change but retiring it."""

    instrument = models.ForeignKey(
        Instrument, verbose_name=_("instrument"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.CharField(_("versie"), max_length=20, validators=[SEMVER])
    status = models.CharField(
        _("stand"), max_length=10, choices=VersionStatus.choices, default=VersionStatus.DRAFT, editable=False
    )
    published_at = models.DateTimeField(null=True, editable=False)
    checksum = models.CharField(max_length=64, blank=True, editable=False)
    title = models.CharField(_("titel"), max_length=160)
    short_title = models.CharField(_("korte titel"), max_length=60)
    language = models.CharField(_("taal"), max_length=10, default="nl")
    purpose = models.TextField(_("waarvoor?"), blank=True)
    notice = models.TextField(_("goed om te weten"), blank=True)
    contact = models.CharField(_("contact"), max_length=160, blank=True)
    valid_from = models.DateField(_("geldt vanaf"))
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("komt na"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followers",
    )
    changes = models.TextField(_("wat is er anders?"), blank=True)
    text_owner = models.CharField(_("van wie is de tekst?"), max_length=160, default="project")
    basis = models.CharField(_("op grond van"), max_length=160, default="own-wording")
    is_licensed = models.BooleanField(
        _("tekst met licentie"),
        default=False,
        help_text=_("Aan: de tekst verlaat het netwerk niet, ook niet in bestanden."),
    )
    licence_holder = models.CharField(_("houder van de licentie"), max_length=160, blank=True)
    licence_reference = models.CharField(_("kenmerk van de licentie"), max_length=160, blank=True)
    visible_to_audience = models.CharField(
        _("wie mag de tekst lezen?"), max_length=20, choices=TextAudience.choices, default=TextAudience.NETWORK
    )
    unit = models.CharField(_("voor wie"), max_length=40, default="practice")
    min_raters = models.PositiveSmallIntegerField(_("minimaal aantal beoordelaars"), default=3)
    estimated_minutes = models.PositiveSmallIntegerField(_("duurt ongeveer (minuten)"), default=40)
    method = models.CharField(
        _("rekenwijze"),
        max_length=20,
        default="rescaled_mean",
        choices=[("rescaled_mean", _("gemiddelde van 1 tot 4")), ("sum", _("punten")), ("none", _("geen cijfers"))],
    )
    coverage_min = models.DecimalField(
        _("deel dat beantwoord moet zijn"), max_digits=3, decimal_places=2, default=Decimal("0.80"), validators=SHARE
    )
    min_answered_items = models.PositiveSmallIntegerField(_("minimaal aantal antwoorden per domein"), default=3)
    na_flag_above = models.DecimalField(
        _("deel “niet van toepassing” dat te veel is"),
        max_digits=3,
        decimal_places=2,
        default=Decimal("0.25"),
        validators=SHARE,
    )
    overall = models.CharField(
        _("totaal"),
        max_length=30,
        default="mean_of_domains",
        choices=[
            ("mean_of_domains", _("gemiddelde van de domeinen")),
            ("weighted_mean_of_domains", _("gewogen gemiddelde van de domeinen")),
        ],
    )
    unknown_label = models.CharField(
        _("woorden voor “weet ik niet”"), max_length=60, default="Weet ik niet", blank=True
    )
    na_label = models.CharField(
        _("woorden voor “niet van toepassing”"), max_length=60, default="Niet van toepassing", blank=True
    )
    labels = StreamField([("label", blocks.LabelBlock())], verbose_name=_("waarden van de schaal"), blank=True)
    bands = StreamField([("band", blocks.BandBlock())], verbose_name=_("namen voor uitkomsten"), blank=True)
    roles = StreamField([("role", blocks.LabelBlock())], verbose_name=_("rollen van beoordelaars"), blank=True)
    principles = StreamField([("principle", blocks.LabelBlock())], verbose_name=_("uitgangspunten"), blank=True)
    profile = StreamField([("question", blocks.ProfileQuestionBlock())], verbose_name=_("over de praktijk"), blank=True)
    sections = StreamField([("section", blocks.SectionBlock())], verbose_name=_("domeinen en vragen"), blank=True)
    links = StreamField([("link", blocks.ItemLinkBlock())], verbose_name=_("vragen van de vorige versie"), blank=True)

    class Meta:
        ordering = ["instrument", "-valid_from", "-pk"]
        verbose_name = _("versie van een instrument")
        verbose_name_plural = _("versies van instrumenten")
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="one_version_of_each_number"),
            models.CheckConstraint(
                condition=Q(is_licensed=False) | ~Q(licence_holder=""), name="licensed_text_names_its_holder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.short_title} {self.number}"

    def clean(self) -> None:
        """Raise ValidationError for a version that is published, or a licence without its holder."""
        super().clean()
        if self.pk and not InstrumentVersion.objects.filter(pk=self.pk, status=VersionStatus.DRAFT).exists():
            raise ValidationError(_("Deze versie is gepubliceerd en verandert niet meer. Maak een nieuwe versie."))
        if self.is_licensed and not (self.licence_holder and self.licence_reference):
            raise ValidationError({"licence_holder": _("Noem de houder en het kenmerk van de licentie.")})

    @property
    def is_scored(self) -> bool:
        """Say whether it has scores."""
        return self.instrument.kind == InstrumentKind.SCORED

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """Return what it asks, as plain values."""
        return Questionnaire(
            is_scored=self.is_scored,
            sections=sections_in(self.stored("sections"), is_scored=self.is_scored),
            profile=profile_in(self.stored("profile")),
            bands=bands_in(self.stored("bands")),
            labels=labels_in(self.stored("labels")),
            roles=labels_in(self.stored("roles")),
            principles=labels_in(self.stored("principles")),
            unknown_label=self.unknown_label,
            na_label=self.na_label,
            rules=Rules(
                method=self.method,
                coverage_min=exact(self.coverage_min),
                min_answered=self.min_answered_items,
                na_flag_above=exact(self.na_flag_above),
                weighs_sections=self.overall == "weighted_mean_of_domains",
            ),
        )

    def stored(self, name: str) -> list[Any]:
        """Return one of the streams as it is stored."""
        stored: list[Any] = getattr(self, name).get_prep_value()
        return stored

    @property
    def item_links(self) -> dict[tuple[str, str], str]:
        """Return what somebody said of questions of the version before."""
        return {(row["old"], row["new"]): row["equivalence"] for row in fields_of(self.stored("links"))}

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """Show the questions as raters see them."""
        return "members/assessments/preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """Give the page what it shows."""
        return {"version": self, "title": self.title, "questionnaire": self.questionnaire}


class ItemTheme(models.Model):
    """To which theme of the site a subject of questions belongs, so that a low answer leads to what helps."""

    code = models.CharField(_("onderwerp"), max_length=60, unique=True)
    theme = models.ForeignKey(
        "network.Theme", verbose_name=_("thema op de site"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("onderwerp van vragen")
        verbose_name_plural = _("onderwerpen van vragen")

    def __str__(self) -> str:
        return self.code
