"""Care providers and the Housing First practices that they run."""

from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, Revision, RevisionMixin, WorkflowMixin

from thuisbasis.base.slugs import first_free_slug, slug_base
from thuisbasis.network.places import locate
from thuisbasis.network.querysets import PracticeQuerySet


class Province(models.TextChoices):
    """The twelve Dutch provinces; the code is the one of ISO 3166-2:NL."""

    DRENTHE = "DR", _("Drenthe")
    FLEVOLAND = "FL", _("Flevoland")
    FRIESLAND = "FR", _("Friesland")
    GELDERLAND = "GE", _("Gelderland")
    GRONINGEN = "GR", _("Groningen")
    LIMBURG = "LI", _("Limburg")
    NOORD_BRABANT = "NB", _("Noord-Brabant")
    NOORD_HOLLAND = "NH", _("Noord-Holland")
    OVERIJSSEL = "OV", _("Overijssel")
    UTRECHT = "UT", _("Utrecht")
    ZEELAND = "ZE", _("Zeeland")
    ZUID_HOLLAND = "ZH", _("Zuid-Holland")

    @classmethod
    def named(cls, name: str) -> str:
        """Return the code of the province of this name, or "" when there is none."""
        wanted = name.strip().casefold().replace(" ", "-")
        return next((code for code, label in cls.choices if str(label).casefold() == wanted), "")


class Country(models.TextChoices):
    """Where practices of the network and befriended practices are (ISO 3166-1)."""

    NETHERLANDS = "NL", _("Nederland")
    BELGIUM = "BE", _("België")


# A practice looks at its own entry twice a year.
CONFIRMED_FOR = timedelta(days=183)


def _free_slug(model: type[models.Model], name: str, own_key: int | None) -> str:
    """Return a part of an address that no other row of this model has."""
    base = slug_base(name, "praktijk")
    others = model._default_manager.exclude(pk=own_key).filter(slug__startswith=base)
    return first_free_slug(base, set(others.values_list("slug", flat=True)))


class TargetGroup(models.Model):
    """A group of people that practices are there for."""

    name = models.CharField(_("naam"), max_length=80, unique=True)
    slug = models.SlugField(_("adresdeel"), max_length=80, unique=True)
    sort_order = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name = _("doelgroep")
        verbose_name_plural = _("doelgroepen")

    def __str__(self) -> str:
        return self.name


class CareProvider(models.Model):
    """An organisation that offers care and runs one or more practices."""

    name = models.CharField(_("naam"), max_length=160, unique=True)
    slug = models.SlugField(
        _("adresdeel"), max_length=100, unique=True, blank=True, help_text=_("Leeg: we maken het van de naam.")
    )
    description = models.TextField(_("over deze organisatie"), blank=True, help_text=_("Twee of drie zinnen."))
    website = models.URLField(_("website"), blank=True)
    is_invented = models.BooleanField(
        _("verzonnen voorbeeld"),
        default=False,
        help_text=_("Aan: deze organisatie bestaat niet en is bedacht voor de demo."),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("zorgaanbieder")
        verbose_name_plural = _("zorgaanbieders")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with an address of its own."""
        self.slug = self.slug or _free_slug(CareProvider, self.name, self.pk)
        super().save(*args, **kwargs)


class Practice(WorkflowMixin, DraftStateMixin, RevisionMixin, ClusterableModel):
    """A team that offers Housing First in one place or region.

    Coordinators propose changes as revisions; editors publish them through Wagtail's moderation.
    """

    name = models.CharField(_("naam"), max_length=160, unique=True)
    care_provider = models.ForeignKey(
        CareProvider,
        verbose_name=_("zorgaanbieder"),
        on_delete=models.PROTECT,
        related_name="practices",
    )
    slug = models.SlugField(
        _("adresdeel"), max_length=100, unique=True, blank=True, help_text=_("Leeg: we maken het van de naam.")
    )
    approach = models.TextField(
        _("zo werken we"), blank=True, help_text=_("Hoe ziet Housing First er bij jullie uit? In gewone taal.")
    )
    target_group = models.TextField(
        _("voor wie"), blank=True, help_text=_("Voor wie is jullie hulp, en voor wie niet?")
    )
    target_groups = ParentalManyToManyField(
        TargetGroup,
        verbose_name=_("doelgroepen"),
        blank=True,
        related_name="practices",
        help_text=_("Hierop kunnen bezoekers kiezen."),
    )
    country = models.CharField(_("land"), max_length=2, choices=Country.choices, default=Country.NETHERLANDS)
    in_network = models.BooleanField(
        _("lid van het netwerk"), default=True, help_text=_("Uit: een bevriende praktijk, die niet meetelt als lid.")
    )
    municipality = models.CharField(_("gemeente"), max_length=100, blank=True)
    province = models.CharField(_("provincie"), max_length=2, choices=Province.choices, blank=True)
    municipalities_served = models.CharField(
        _("werkt ook in"),
        max_length=300,
        blank=True,
        help_text=_("Andere gemeenten waar de praktijk werkt, met komma's ertussen."),
    )
    email = models.EmailField(_("e-mailadres"), blank=True)
    website = models.URLField(_("website"), blank=True)
    latitude = models.FloatField(
        _("breedtegraad"), null=True, blank=True, help_text=_("Leeg: we zoeken de plaats op bij de gemeente.")
    )
    longitude = models.FloatField(_("lengtegraad"), null=True, blank=True)
    confirmed_date = models.DateField(
        _("gegevens bevestigd op"), null=True, blank=True, help_text=_("Een praktijk kijkt dit elk half jaar na.")
    )
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    is_invented = models.BooleanField(
        _("verzonnen voorbeeld"),
        default=False,
        help_text=_("Aan: deze praktijk bestaat niet en is bedacht voor de demo."),
    )

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="practice",
        for_concrete_model=False,
    )
    _revisions = GenericRelation(
        Revision,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="practice",
        for_concrete_model=False,
    )

    objects = PracticeQuerySet.as_manager()

    class Meta:
        ordering = ["municipality", "name"]
        verbose_name = _("praktijk")
        verbose_name_plural = _("praktijken")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with an address of its own and a place on the map when the municipality is known."""
        self.slug = self.slug or _free_slug(Practice, self.name, self.pk)
        if self.latitude is None or self.longitude is None:
            self.latitude, self.longitude = locate(self.municipality, self.country) or (None, None)
        super().save(*args, **kwargs)

    @property
    def places_served(self) -> list[str]:
        """Return every municipality where the practice works, its own first."""
        others = [name.strip() for name in self.municipalities_served.split(",")]
        return [name for name in dict.fromkeys([self.municipality, *others]) if name]

    @property
    def revisions(self) -> models.Manager:
        """Return the versions, proposed and published."""
        return self._revisions

    def is_fresh(self, today: date) -> bool:
        """Say whether the practice confirmed its entry in the past half year."""
        return self.confirmed_date is not None and today - self.confirmed_date <= CONFIRMED_FOR
