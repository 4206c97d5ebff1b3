"""Care providers and the Housing First practices that they run."""

from django.db import models
from django.utils.translation import gettext_lazy as _

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


class CareProvider(models.Model):
    """An organisation that offers care and runs one or more practices."""

    name = models.CharField(_("naam"), max_length=160, unique=True)
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


class Practice(models.Model):
    """A team that offers Housing First in one place or region."""

    name = models.CharField(_("naam"), max_length=160, unique=True)
    care_provider = models.ForeignKey(
        CareProvider,
        verbose_name=_("zorgaanbieder"),
        on_delete=models.PROTECT,
        related_name="practices",
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
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    is_invented = models.BooleanField(
        _("verzonnen voorbeeld"),
        default=False,
        help_text=_("Aan: deze praktijk bestaat niet en is bedacht voor de demo."),
    )

    objects = PracticeQuerySet.as_manager()

    class Meta:
        ordering = ["municipality", "name"]
        verbose_name = _("praktijk")
        verbose_name_plural = _("praktijken")

    def __str__(self) -> str:
        return self.name
