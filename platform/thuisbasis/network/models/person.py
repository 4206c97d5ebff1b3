"""People whom the site names, and what each of them agreed to."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.search import index

from thuisbasis.network.querysets import ConsentQuerySet


class ConsentUse(models.TextChoices):
    """What somebody may agree to; each use is asked for by itself."""

    AUTHOR = "author", _("naam bij een tekst (auteur)")
    HOST = "host", _("naam bij podcast of talkshow (presentator)")
    GUEST = "guest", _("naam bij podcast of talkshow (gast)")
    CONTACT = "contact", _("naam en e-mailadres als contactpersoon")
    PHOTO = "photo", _("herkenbare foto")


class Person(index.Indexed, ClusterableModel):
    """Someone who may be named, in the way that he or she chose: a full name, a first name or another name."""

    name = models.CharField(
        _("naam op de site"),
        max_length=120,
        help_text=_("Zoals deze persoon het zelf wil: volledig, alleen een voornaam, of een andere naam."),
    )
    description = models.CharField(
        _("wie is dit?"), max_length=160, blank=True, help_text=_("Een paar woorden, zoals “woonbegeleider in Twente”.")
    )
    email = models.EmailField(
        _("e-mailadres"), blank=True, help_text=_("Alleen zichtbaar bij pagina's waar deze persoon contactpersoon is.")
    )
    photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("foto"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Verschijnt alleen met toestemming voor een herkenbare foto."),
    )
    practice = models.ForeignKey(
        "network.Practice",
        verbose_name=_("praktijk"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )
    is_invented = models.BooleanField(_("verzonnen voorbeeld"), default=False)
    changed_at = models.DateTimeField(auto_now=True)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("persoon")
        verbose_name_plural = _("mensen")

    def __str__(self) -> str:
        return f"{self.name} ({self.description})" if self.description else self.name

    def uses_agreed_on(self, today: date) -> frozenset[str]:
        """Return the uses that hold on this day."""
        return frozenset(self.consents.all().valid_on(today).values_list("use", flat=True)) if self.pk else frozenset()


class Consent(models.Model):
    """One thing that somebody agreed to, since when, and until when if it was withdrawn."""

    person = ParentalKey(Person, on_delete=models.CASCADE, related_name="consents")
    use = models.CharField(_("waarvoor"), max_length=10, choices=ConsentUse.choices)
    given_date = models.DateField(_("gegeven op"))
    withdrawn_date = models.DateField(
        _("ingetrokken op"),
        null=True,
        blank=True,
        help_text=_("Vanaf deze dag is de naam of foto nergens meer te zien."),
    )
    evidence = models.CharField(
        _("hoe vastgelegd"),
        max_length=200,
        blank=True,
        help_text=_("Bijvoorbeeld: mail van 3 maart, formulier in map X."),
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["use", "given_date"]
        verbose_name = _("toestemming")
        verbose_name_plural = _("toestemmingen")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_date__isnull=True) | Q(withdrawn_date__gte=models.F("given_date")),
                name="consent_is_withdrawn_after_it_is_given",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_use_display())

    def clean(self) -> Any:
        """Raise ValidationError when it ends before it was given, or only later: withdrawing works at once."""
        super().clean()
        if self.withdrawn_date and self.withdrawn_date > timezone.localdate():
            raise ValidationError({"withdrawn_date": _("Kies vandaag of een eerdere dag: intrekken werkt meteen.")})
        if self.withdrawn_date and self.given_date and self.withdrawn_date < self.given_date:
            raise ValidationError({"withdrawn_date": _("Dit ligt voor de dag waarop toestemming is gegeven.")})
