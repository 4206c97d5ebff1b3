"""Where an imported page came from, and what was kept and dropped."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedSource(models.Model):
    """The file behind a draft; the same file again updates the same draft.

    `report` holds the lines kept per kind and the lines dropped, as shown to the editor.
    """

    page = models.OneToOneField(
        "knowledge.PracticeArticlePage", on_delete=models.CASCADE, related_name="imported_source"
    )
    file_name = models.CharField(_("bestand"), max_length=255, unique=True)
    checksum = models.CharField(_("controlegetal"), max_length=64)
    imported_at = models.DateTimeField(_("geïmporteerd op"))
    report = models.JSONField(_("verslag"), default=dict)

    class Meta:
        ordering = ["-imported_at"]
        verbose_name = _("geïmporteerd bestand")
        verbose_name_plural = _("geïmporteerde bestanden")

    def __str__(self) -> str:
        return self.file_name
