"""Forms of the portal."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.portal.models import Profile
from members.portal.policies import INVITABLE_ROLES
from members.portal.services.bulk import MOST_LINES
from members.portal.services.photos import change_photo
from thuisbasis.accounts.models import User
from thuisbasis.files.inspection import FileIsRefused
from thuisbasis.files.services.storing import inspect_portrait
from thuisbasis.network.models import Practice, Role
from thuisbasis.notices.forms import SubscriptionsForm
from thuisbasis.notices.services import choose

LARGEST_LIST = 200_000


class InviteForm(forms.Form):
    """One address and a role."""

    email = forms.EmailField(
        label=_("E-mailadres van je collega"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(
        label=_("Rol"),
        choices=[(role.value, role.label) for role in INVITABLE_ROLES],
        initial=Role.MEMBER,
        help_text=_("Een coördinator nodigt collega's uit en beheert de pagina van de praktijk."),
    )


class InviteListForm(forms.Form):
    """A list of addresses, typed or as a file; what was typed stays when a file is wrong."""

    text = forms.CharField(
        label=_("Plak hier je lijst"),
        required=False,
        max_length=LARGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Op elke regel een e-mailadres. Daarachter mag een puntkomma met de rol: lid of coördinator."),
    )
    file = forms.FileField(
        label=_("Of kies een CSV-bestand"),
        required=False,
        help_text=_("Een bestand uit Excel of LibreOffice mag ook, als CSV."),
    )

    def clean_file(self) -> str:
        """Return the text of the file; raises ValidationError when it is no text or far too large."""
        file = self.cleaned_data.get("file")
        if not file:
            return ""
        if file.size > LARGEST_LIST:
            raise ValidationError(_("Dit bestand is te groot voor een lijst met adressen."))
        content = file.read()
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if text.isprintable() or all(mark.isprintable() or mark in "\r\n\t" for mark in text):
                return text
        raise ValidationError(_("Dit is geen tekstbestand. Bewaar je lijst als CSV."))

    def clean(self) -> dict[str, Any]:
        """Return the list as `lines`; raises ValidationError when it is empty or too long."""
        data = super().clean() or {}
        text = data.get("file") or data.get("text", "")
        filled = [line for line in text.splitlines() if line.strip()]
        if not filled and not self.errors:
            raise ValidationError(_("Plak een lijst of kies een bestand."))
        if len(filled) > MOST_LINES + 1:
            raise ValidationError(
                _("Dit zijn %(count)s regels. Nodig er hooguit %(most)s tegelijk uit."),
                params={"count": len(filled), "most": MOST_LINES},
            )
        return {**data, "lines": text}


class CodeForm(forms.Form):
    """The six digits from the mail."""

    code = forms.CharField(
        label=_("Code uit de mail"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class AccountForm(forms.Form):
    """Who you are and how you log in."""

    first_name = forms.CharField(
        label=_("Voornaam"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Achternaam"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    password = forms.CharField(
        label=_("Kies een wachtwoord"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Minstens acht tekens. Drie of vier gewone woorden achter elkaar zijn sterk en goed te onthouden."),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        self.email = email
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError when the password is weak, or like the name or address."""
        data = super().clean() or {}
        if password := data.get("password"):
            names = {key: data.get(key, "") for key in ("first_name", "last_name")}
            try:
                password_validation.validate_password(password, User(email=self.email, **names))
            except ValidationError as error:
                self.add_error("password", error)
        return data


class ProfileForm(forms.ModelForm):
    """What others see of somebody."""

    first_name = forms.CharField(label=_("Voornaam"), max_length=150)
    last_name = forms.CharField(label=_("Achternaam"), max_length=150)
    new_photo = forms.FileField(
        label=_("Foto"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
        help_text=_("We knippen haar vierkant en halen weg waar en waarmee ze is gemaakt. Alleen leden zien haar."),
    )
    remove_photo = forms.BooleanField(label=_("Haal mijn foto weg"), required=False)

    class Meta:
        model = Profile
        fields = ["job_title", "phone", "ask_me_about", "about", "shows_email"]

    field_order = ["first_name", "last_name", "new_photo", "remove_photo"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].initial = self.instance.user.first_name
        self.fields["last_name"].initial = self.instance.user.last_name
        if self.instance.photo is None:
            del self.fields["remove_photo"]

    def clean_new_photo(self) -> Any:
        """Look at the picture; raises ValidationError with what is wrong with it."""
        file = self.cleaned_data["new_photo"]
        if file:
            try:
                inspect_portrait(file=file)
            except FileIsRefused as error:
                raise ValidationError(str(error)) from error
        return file

    def save(self, commit: bool = True) -> Profile:
        """Save the profile with its picture, and the name in the account."""
        user = self.instance.user
        user.first_name = self.cleaned_data["first_name"]
        user.last_name = self.cleaned_data["last_name"]
        user.save(update_fields=["first_name", "last_name"])
        profile: Profile = super().save(commit)
        if self.cleaned_data["new_photo"] or self.cleaned_data.get("remove_photo"):
            change_photo(profile=profile, file=self.cleaned_data["new_photo"] or None, now=timezone.now())
        return profile


class SettingsForm(SubscriptionsForm, forms.ModelForm):
    """Language, and about what and how often we mail."""

    language = forms.ChoiceField(
        label=_("Taal"),
        choices=settings.LANGUAGES,
        help_text=_("Ook voor de mail van Thuisbasis."),
    )

    class Meta:
        model = Profile
        fields = ["language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=kwargs["instance"].user, **kwargs)
        self.fields["language"].initial = self.instance.user.language

    def save(self, commit: bool = True) -> Profile:
        """Save the choices of mail, and the language in the account."""
        choose(user=self.instance.user, frequencies=self.frequencies())
        self.instance.user.language = self.cleaned_data["language"]
        self.instance.user.save(update_fields=["language"])
        profile: Profile = super().save(commit)
        return profile


class PracticeForm(forms.ModelForm):
    """What a practice says about itself in public."""

    website = Practice._meta.get_field("website").formfield(assume_scheme="https")

    class Meta:
        model = Practice
        fields = ["approach", "target_group", "target_groups", "municipalities_served", "email", "phone", "website"]
        widgets = {"target_groups": forms.CheckboxSelectMultiple}


class RoleForm(forms.Form):
    """The role of somebody in the practice."""

    role = InviteForm.base_fields["role"]


class LeaveForm(forms.Form):
    """Who takes over, when the last coordinator goes."""

    successor = forms.ModelChoiceField(
        label=_("Wie wordt de nieuwe coördinator?"), queryset=User.objects.none(), required=False
    )

    def __init__(self, *args: Any, candidates: Any, needs_successor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_successor:
            self.fields["successor"] = forms.ModelChoiceField(label=self.fields["successor"].label, queryset=candidates)
        else:
            del self.fields["successor"]


class EraseForm(forms.Form):
    """Being sure."""

    sure = forms.BooleanField(label=_("Ja, wis mijn gegevens. Ik weet dat dit niet terug te draaien is."))
