"""What changed on a page, for whoever read it before."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable


class ChangeNote(Orderable):
    """What changed for the reader, and when; small corrections get no note."""

    page = ParentalKey("knowledge.KnowledgePage", on_delete=models.CASCADE, related_name="change_notes")
    date = models.DateField(_("datum"))
    text = models.CharField(
        _("wat is er veranderd?"), max_length=240, help_text=_("Alleen als het voor lezers iets uitmaakt.")
    )

    panels = [FieldPanel("date"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("wijziging")
        verbose_name_plural = _("wijzigingen")
