"""Forms of the library."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.exchange.forms import themes_field
from members.library.models import Document, Folder
from members.library.models.review import ReviewAnswer
from members.library.services.sharing import EVERYONE
from thuisbasis.accounts.models import User
from thuisbasis.files.inspection import LARGEST_FILE_TEXT, accepted_names
from thuisbasis.files.inspection.inspector import accepted_extensions
from thuisbasis.network.forms import AudienceForm, GuardedForm
from thuisbasis.network.models import Audience

MOST_FILES = 50
MOST_OPEN_TITLES = 6
REVIEWED_AFTER = timedelta(days=365)


class ManyFilesInput(forms.ClearableFileInput):
    """A file field that takes many at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Cleans to a list of files."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files; one by one they are looked at later, so that one bad file stops no other."""
        files = data if isinstance(data, list | tuple) else [data]
        chosen = [file for file in files if file]
        if not chosen:
            raise ValidationError(_("Kies een of meer bestanden."))
        if len(chosen) > MOST_FILES:
            raise ValidationError(_("Kies hooguit %(most)s bestanden tegelijk.") % {"most": MOST_FILES})
        return chosen


def _accept() -> str:
    return ",".join(f".{extension}" for extension in accepted_extensions())


class UploadForm(forms.Form):
    """The files themselves."""

    files: Any = ManyFilesField(label=_("Bestanden"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].widget.attrs["accept"] = _accept()
        self.fields["files"].help_text = _("%(kinds)s. Hooguit %(most)s per bestand.") % {
            "kinds": accepted_names(),
            "most": LARGEST_FILE_TEXT,
        }


class VersionForm(forms.Form):
    """One file, and what is different about it."""

    file = forms.FileField(label=_("Nieuw bestand"))
    note = forms.CharField(
        label=_("Wat is er anders?"),
        max_length=200,
        required=False,
        help_text=_("Zo weten anderen of ze het nodig hebben."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = _accept()


class PlacingForm(AudienceForm):
    """Where a document stands and who sees it."""

    audiences = (
        Audience.OWN_PRACTICE,
        Audience.WORKING_GROUP,
        Audience.STEERING_GROUP,
        Audience.NETWORK,
        Audience.PUBLIC,
    )

    themes = themes_field()
    folder = forms.ModelChoiceField(
        label=_("Map"), queryset=Folder.objects.none(), required=False, empty_label=_("Geen map")
    )
    new_folder = forms.CharField(
        label=_("Of een nieuwe map"),
        max_length=80,
        required=False,
        help_text=_("Een map is er om te ordenen. Wie iets mag zien, kies je hierboven."),
    )
    review_date = forms.DateField(
        label=_("Wanneer kijk je na of het nog klopt?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Een maand ervoor krijg je een bericht."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_of_folder: Any = self.fields["folder"]
        choice_of_folder.queryset = Folder.objects.usable_by(self.visitor)
        self.fields["review_date"].initial = timezone.localdate() + REVIEWED_AFTER

    def clean_review_date(self) -> date | None:
        """Raise ValidationError for a day that is over."""
        day: date | None = self.cleaned_data["review_date"]
        if day and day < timezone.localdate():
            raise ValidationError(_("Deze dag is al voorbij."))
        return day


class ShareForm(PlacingForm):
    """One choice for everything that was uploaded, and a title for each."""

    agreed = forms.BooleanField(label=_("Er staan geen gegevens van bewoners in: geen namen, nummers of foto's."))

    def __init__(self, *args: Any, drafts: Iterable[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.drafts = list(drafts)
        titles = {
            f"title_{draft.pk}": forms.CharField(
                label=_("Titel van %(file)s") % {"file": draft.versions.all()[0].file.name},
                max_length=160,
                initial=draft.title,
            )
            for draft in self.drafts
        }
        self.fields = {**titles, **self.fields}

    def titles(self) -> dict[int, str]:
        """Return the title of each draft by its key."""
        return {draft.pk: self.cleaned_data[f"title_{draft.pk}"] for draft in self.drafts}

    def rows(self) -> list[tuple[Document, Any]]:
        """Return each draft with the field of its title."""
        return [(draft, self[f"title_{draft.pk}"]) for draft in self.drafts]

    def titles_are_open(self) -> bool:
        """Say whether the titles lie open: when there are few, or one is wrong."""
        return len(self.drafts) <= MOST_OPEN_TITLES or any(name.startswith("title_") for name in self.errors)

    def other_fields(self) -> list[Any]:
        """Return the fields that hold for all of them."""
        return [field for field in self.visible_fields() if not field.name.startswith("title_")]


class DocumentForm(PlacingForm, GuardedForm):
    """Everything that may change about a document."""

    guarded_fields = ("title", "description")
    field_order = ["title", "description", "seen_by", "themes", "folder", "new_folder", "owner", "review_date"]

    title = forms.CharField(label=_("Titel"), max_length=160)
    description = forms.CharField(
        label=_("Waar gaat het over?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = forms.ModelChoiceField(label=_("Eigenaar"), queryset=User.objects.none(), required=False, empty_label=None)
    delete_date = forms.DateField(
        label=_("Weghalen op"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leeg: het blijft staan tot iemand het weghaalt."),
    )
    is_on_hold = forms.BooleanField(label=_("Bewaarplicht: niemand mag dit weghalen."), required=False)
    wider = forms.BooleanField(label=_("Ja, meer mensen mogen dit zien."), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_of_owner: Any = self.fields["owner"]
        choice_of_owner.queryset = colleagues
        # A document does not move to another practice.
        self.fields.pop("practice", None)

    def ask_to_be_sure(self, people: int) -> None:
        """Say how many more people will see it, and ask whether that is meant."""
        self.fields["wider"].widget = forms.CheckboxInput()
        if people >= EVERYONE:
            self.add_error("wider", _("Iedereen kan dit straks zien, ook zonder inloggen. Vink aan dat je dat wilt."))
        else:
            text = _("%(people)s mensen meer kunnen dit straks zien. Vink aan dat je dat wilt.")
            self.add_error("wider", ValidationError(text, params={"people": people}))


class ReviewRequestForm(forms.Form):
    """Whom to ask, and before which day."""

    reviewer = forms.ModelChoiceField(label=_("Wie vraag je?"), queryset=User.objects.none())
    due_date = forms.DateField(
        label=_("Voor welke dag?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_of_reviewer: Any = self.fields["reviewer"]
        choice_of_reviewer.queryset = people
        self.fields["due_date"].initial = timezone.localdate() + timedelta(days=14)

    def clean_due_date(self) -> date:
        """Raise ValidationError for a day that is over."""
        day: date = self.cleaned_data["due_date"]
        if day < timezone.localdate():
            raise ValidationError(_("Deze dag is al voorbij."))
        return day


class ReviewAnswerForm(GuardedForm):
    """What somebody thinks of a document."""

    guarded_fields = ("remark",)

    answer = forms.ChoiceField(label=_("Wat vind je?"), choices=ReviewAnswer.choices, widget=forms.RadioSelect)
    remark = forms.CharField(
        label=_("Je opmerking"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class AdoptForm(forms.Form):
    """Who looks after what nobody looks after."""

    documents = forms.ModelMultipleChoiceField(
        label=_("Documenten zonder eigenaar"), queryset=Document.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    owner = forms.ModelChoiceField(label=_("Nieuwe eigenaar"), queryset=User.objects.none())

    def __init__(self, *args: Any, colleagues: Any, orphans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_of_owner: Any = self.fields["owner"]
        choice_of_owner.queryset = colleagues
        choice_of_documents: Any = self.fields["documents"]
        choice_of_documents.queryset = orphans
