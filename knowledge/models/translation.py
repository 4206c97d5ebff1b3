"""What translations are made from: the source page's revision, and the words of frameworks in other languages."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, Revision

from knowledge.models.framework import FrameworkElement
from knowledge.querysets import PageTranslationQuerySet


class PageTranslation(models.Model):
    """What a published translation says: which revision of the source page, and whether a person read it.

    Editors see from it what is behind; readers see a note.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="translated_from")
    source_revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    is_unreviewed = models.BooleanField(default=False)

    objects = PageTranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("vertaling")
        verbose_name_plural = _("vertalingen")

    def __str__(self) -> str:
        return str(self.page)


class ElementWording(models.Model):
    """What a part of a framework is called in another language than its own."""

    element = models.ForeignKey(
        FrameworkElement, verbose_name=_("onderdeel"), on_delete=models.CASCADE, related_name="wordings"
    )
    language = models.CharField(_("taal"), max_length=10, choices=settings.LANGUAGES)
    label = models.CharField(_("naam"), max_length=200)
    description = models.TextField(_("omschrijving"), blank=True)

    panels = [FieldPanel("element"), FieldPanel("language"), FieldPanel("label"), FieldPanel("description")]

    class Meta:
        ordering = ["element", "language"]
        verbose_name = _("vertaling van een onderdeel")
        verbose_name_plural = _("vertalingen van onderdelen")
        constraints = [models.UniqueConstraint(fields=["element", "language"], name="unique_element_wording")]

    def __str__(self) -> str:
        return self.label
