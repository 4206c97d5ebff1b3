"""The shared taxonomy: what a piece of knowledge is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin

from thuisbasis.network.querysets import ThemeQuerySet


class Theme(TranslatableMixin, models.Model):
    """A subject that practices talk about, such as living together with neighbours."""

    name = models.CharField(_("naam"), max_length=80)
    slug = models.SlugField(_("adresdeel"), max_length=80)
    description = models.CharField(
        _("omschrijving"),
        max_length=240,
        help_text=_("Eén of twee zinnen: wat vindt iemand hier?"),
    )
    sort_order = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("description"),
        FieldPanel("sort_order"),
    ]

    objects = ThemeQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        ordering = ["sort_order", "name"]
        verbose_name = _("thema")
        verbose_name_plural = _("thema's")
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="unique_theme_slug_per_locale")]

    def __str__(self) -> str:
        return self.name
