"""Forms of the knowledge site."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ManyFilesInput(forms.ClearableFileInput):
    """A file field in which more than one file can be chosen."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Cleans each chosen file; its value is a list."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the list of files; raises ValidationError when there is none."""
        files = data if isinstance(data, list | tuple) and data else [None]
        # An empty file is refused by the reader, with its own message and beside its own name.
        return [file if file else forms.FileField.clean(self, file, initial) for file in files]


class ImportForm(forms.Form):
    """Files to turn into drafts."""

    documents = ManyFilesField(
        label=_("Bestanden"),
        help_text=_(
            "Tekst, webpagina, Word of PDF (.txt, .html, .docx, .pdf), elk hooguit 25 MB. "
            "Je mag er meer tegelijk kiezen."
        ),
        error_messages={"required": _("Kies eerst een of meer bestanden.")},
    )
