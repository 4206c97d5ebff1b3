"""Forms of the knowledge site."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from thuisbasis.network.models import ConsentUse


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


class WithdrawForm(forms.Form):
    """Which consents end today; all that hold are ticked at first."""

    uses = forms.MultipleChoiceField(
        label=_("Wat trekt deze persoon in?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Vink aan wat je wilt intrekken.")},
    )

    def __init__(self, *args: Any, uses: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["uses"]
        field.choices = [choice for choice in ConsentUse.choices if choice[0] in uses]  # type: ignore[attr-defined] # a choice field
        field.initial = sorted(uses)


class ConfirmForm(forms.Form):
    """Which translation somebody read."""

    def __init__(self, rows: Any, data: Any = None) -> None:
        super().__init__(data)
        self.fields["translation"] = forms.ModelChoiceField(queryset=rows)


class CampaignLanguageForm(forms.Form):
    """What to do with a campaign's translations, in which language."""

    locale = forms.ModelChoiceField(queryset=Locale.objects.exclude(language_code=settings.LANGUAGE_CODE))
    action = forms.ChoiceField(choices=[("bring", ""), ("publish", "")])
