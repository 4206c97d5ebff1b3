"""What editors and readers teach search about words."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class SynonymSet(models.Model):
    """Words that mean the same; whoever looks for one of them finds the others too, from the next search on."""

    language = models.CharField(
        _("taal"),
        max_length=5,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("Leeg: in elke taal, zoals bij afkortingen en namen."),
    )
    terms = models.TextField(
        _("woorden"),
        help_text=_("Eén woord of groep woorden per regel, zoals “HF” en “Housing First”."),
    )

    panels = [FieldPanel("terms"), FieldPanel("language")]

    class Meta:
        ordering = ["terms"]
        verbose_name = _("synoniemen")
        verbose_name_plural = _("synoniemen")

    def __str__(self) -> str:
        return ", ".join(self.term_list())

    def term_list(self) -> list[str]:
        """Return the words and groups of words, as they were typed."""
        return [line.strip() for line in self.terms.splitlines() if line.strip()]


class KnownWord(models.Model):
    """A word that occurs in what can be found, to recognise misspellings by."""

    language = models.CharField(max_length=5)
    word = models.CharField(max_length=60)
    uses = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="one_known_word_per_language")]

    def __str__(self) -> str:
        return self.word


class SearchMiss(models.Model):
    """A text that found nothing, how often, in one month: without who asked, or from where."""

    text = models.CharField(_("gezocht"), max_length=200)
    language = models.CharField(_("taal"), max_length=5)
    month_date = models.DateField(_("maand"))
    count = models.PositiveIntegerField(_("keer"), default=1)

    class Meta:
        ordering = ["-count", "text"]
        verbose_name = _("zoekopdracht zonder resultaat")
        verbose_name_plural = _("zoekopdrachten zonder resultaat")
        constraints = [models.UniqueConstraint(fields=["text", "language", "month_date"], name="one_miss_per_month")]

    def __str__(self) -> str:
        return self.text
