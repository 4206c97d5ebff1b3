"""Our own document model, stored where no web server reaches it."""

from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document


def document_storage() -> Storage:
    """Return the storage of documents, which has no public address."""
    return storages["documents"]


class SiteDocument(AbstractDocument):
    """A file that readers can download through our own view."""

    file = models.FileField(_("bestand"), upload_to="%Y/%m", storage=document_storage)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documenten")

    @property
    def kind(self) -> str:
        """Return the kind of file as people say it, such as PDF."""
        return self.file_extension.upper()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with size and checksum, also when made in code: readers see the one, caches use the other."""
        if self.file and not self.file_hash:
            self._set_document_file_metadata()
        super().save(*args, **kwargs)
