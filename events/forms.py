"""Forms of the agenda."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from events.models import EventPage, EventQuestion, Occurrence, QuestionKind
from events.services import GROUPS
from thuisbasis.accounts.models import User
from thuisbasis.base.texts import full_date
from thuisbasis.network.forms import GuardedForm
from thuisbasis.network.models import Practice

MOMENT = "%Y-%m-%dT%H:%M"
LARGEST_MATERIAL = 25 * 1024 * 1024


class QuestionsForm(forms.Form):
    """The questions of the organiser; each is a field of its own."""

    def __init__(self, *args: Any, event: EventPage, given: dict[int, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        # Read once: who registers holds up all others while what was answered is written down.
        prefetch_related_objects([event], "questions")
        self.questions = list(event.questions.all())
        for question in self.questions:
            field = _question_field(question)
            field.initial = _as_given(question, (given or {}).get(question.pk, ""))
            self.fields[f"question_{question.pk}"] = field

    def answers(self) -> dict[int, str]:
        """Return what was answered, by the question's key, as text."""
        return {row.pk: _as_text(self.cleaned_data.get(f"question_{row.pk}")) for row in self.questions}


def _question_field(question: EventQuestion) -> forms.Field:
    shared: dict[str, Any] = {
        "label": question.label,
        "help_text": question.help_text,
        "required": question.is_required,
    }
    choices = [(choice, choice) for choice in question.choices]
    if question.kind == QuestionKind.CHOICE:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **shared)
    if question.kind == QuestionKind.MULTIPLE:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **shared)
    if question.kind == QuestionKind.CONSENT:
        return forms.BooleanField(**shared)
    if question.kind == QuestionKind.NEEDS and not question.help_text:
        shared["help_text"] = _("Alleen de organisatie leest dit. Na afloop gooien we het weg.")
    return forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), **shared)


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("ja")) if value else ""
    return "; ".join(value) if isinstance(value, list) else str(value or "")


def _as_given(question: EventQuestion, text: str) -> Any:
    if question.kind == QuestionKind.MULTIPLE:
        return text.split("; ") if text else []
    return bool(text) if question.kind == QuestionKind.CONSENT else text


class RegistrationForm(QuestionsForm):
    """Who comes, with how many, to which dates; what is known already is not asked."""

    name = forms.CharField(label=_("Je naam"), max_length=120)
    email = forms.EmailField(
        label=_("Je e-mailadres"), help_text=_("Daar sturen we je plek heen, met een link om alles te regelen.")
    )
    dates = forms.ModelMultipleChoiceField(
        label=_("Naar welke data kom je?"), queryset=Occurrence.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    practice = forms.ModelChoiceField(label=_("Vanuit welke praktijk?"), queryset=Practice.objects.none())
    seats = forms.IntegerField(label=_("Met hoeveel mensen kom je, jijzelf meegeteld?"), min_value=1, initial=1)
    together = forms.ChoiceField(
        label=_("En als er te weinig plekken zijn?"),
        choices=[
            ("fewer", _("Geef ons wat er is, en zet de rest op de wachtlijst")),
            ("all", _("We komen alleen samen. Een ander kan dan voor ons gaan als er te weinig plekken vrijkomen")),
        ],
        widget=forms.RadioSelect,
        initial="fewer",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        is_member: bool,
        practices: Iterable[Practice],
        dates: Iterable[Occurrence],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        dates, practices = list(dates), list(practices)
        if is_member:
            del fields["name"], fields["email"]
        if len(practices) > 1:
            fields["practice"].queryset = Practice.objects.filter(pk__in=[practice.pk for practice in practices])
        else:
            del fields["practice"]
        if len(dates) > 1:
            fields["dates"].queryset = Occurrence.objects.filter(pk__in=[date.pk for date in dates])
            fields["dates"].label_from_instance = lambda date: full_date(date.starts_at)
            fields["dates"].initial = [date.pk for date in dates]
        else:
            del fields["dates"]
        if self.event.largest_group > 1:
            fields["seats"].max_value = self.event.largest_group
            fields["seats"].widget.attrs["max"] = self.event.largest_group
        else:
            del fields["seats"], fields["together"]

    def clean_email(self) -> str:
        """Return the address as we compare it."""
        return str(self.cleaned_data["email"]).lower()

    def clean_seats(self) -> int:
        """Raise ValidationError for more people than may come together."""
        seats: int = self.cleaned_data["seats"]
        if seats > self.event.largest_group:
            text = _("Je kunt hooguit %(most)d plekken tegelijk vragen.")
            raise ValidationError(text, params={"most": self.event.largest_group})
        return seats


class ColleagueForm(forms.Form):
    """To whom a seat goes."""

    colleague = forms.ModelChoiceField(label=_("Aan wie geef je je plek?"), queryset=User.objects.none())

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["colleague"]
        choice.queryset = colleagues


class FeedForm(forms.Form):
    """What somebody calls a calendar of his or her own."""

    name = forms.CharField(
        label=_("Waar ga je de agenda gebruiken?"), max_length=60, help_text=_("Bijvoorbeeld: telefoon, of werklaptop.")
    )


class MomentField(forms.DateTimeField):
    """A day and a time on our own clock, in the browser's own widget."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        super().__init__(widget=widget, input_formats=[MOMENT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"], **kwargs)


class OccurrenceForm(forms.Form):
    """When, where and for how many."""

    starts_at = MomentField(label=_("Begint"))
    ends_at = MomentField(label=_("Eindigt"))
    place = forms.CharField(
        label=_("Plaats"), max_length=160, required=False, help_text=_("Zaal, straat en stad. Leeg bij alleen online.")
    )
    join_url = forms.URLField(
        label=_("Adres van de online zaal"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_(
            "Staat nergens op de site. Deelnemers komen er binnen via onze eigen deur, een kwartier van tevoren."
        ),
    )
    capacity = forms.IntegerField(
        label=_("Aantal plekken"), min_value=0, max_value=100_000, required=False, help_text=_("Leeg: zonder grens.")
    )
    practice_limit = forms.IntegerField(
        label=_("Hooguit per praktijk"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=_("Zo is er voor iedere praktijk plek. Een week van tevoren vervalt deze grens."),
    )
    closes_at = MomentField(label=_("Inschrijven kan tot"), required=False, help_text=_("Leeg: tot het begint."))
    cancel_until = MomentField(label=_("Afmelden kan tot"), required=False, help_text=_("Leeg: tot het begint."))

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError for an end before the start, or a deadline after it."""
        data = super().clean() or {}
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("Het einde ligt niet na het begin. Kies een later moment."))
        for name in ("closes_at", "cancel_until"):
            if starts and data.get(name) and data[name] > starts:
                self.add_error(name, _("Dit ligt na het begin. Kies een eerder moment."))
        return data


class DatesForm(OccurrenceForm):
    """One date, or a series with the same time."""

    every = forms.ChoiceField(
        label=_("Herhalen"),
        choices=[
            ("week", _("elke week")),
            ("fortnight", _("om de week")),
            ("month", _("elke maand")),
        ],
        initial="month",
    )
    times = forms.IntegerField(
        label=_("Hoeveel data in totaal?"), min_value=1, max_value=60, initial=1, help_text=_("1: geen herhaling.")
    )


class CancelOccurrenceForm(forms.Form):
    """Why a date is not held."""

    reason = forms.CharField(
        label=_("Waarom gaat het niet door?"),
        max_length=300,
        help_text=_("Eén zin. Iedereen die zou komen, leest dit."),
    )


class MoveInQueueForm(forms.Form):
    """Where somebody goes in the queue, and why."""

    to_place = forms.IntegerField(label=_("Nieuwe plaats op de wachtlijst"), min_value=1, initial=1)
    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=120,
        help_text=_("Dit komt in het logboek. Schrijf niets over iemands gezondheid."),
    )


class MailingForm(GuardedForm):
    """A mail to participants."""

    guarded_fields = ("subject", "text")

    group = forms.ChoiceField(
        label=_("Aan wie?"),
        choices=[(name, label) for name, (label, _states) in GROUPS.items()],
        widget=forms.RadioSelect,
    )
    subject = forms.CharField(label=_("Onderwerp"), max_length=120)
    text = forms.CharField(
        label=_("Bericht"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Een lege regel begint een nieuwe alinea."),
    )
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)


class MaterialForm(forms.Form):
    """Slides or another file of a date."""

    title = forms.CharField(label=_("Wat is het?"), max_length=120, help_text=_("Bijvoorbeeld: dia's van de ochtend."))
    file = forms.FileField(label=_("Bestand"), validators=[FileExtensionValidator(settings.WAGTAILDOCS_EXTENSIONS)])

    def clean_file(self) -> Any:
        """Raise ValidationError for a file that is too large."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_MATERIAL:
            raise ValidationError(
                _("Dit bestand is groter dan 25 MB. Maak het kleiner, of deel het op een andere manier.")
            )
        return file


class CheckInForm(forms.Form):
    """Who is at the door: a ticket's code."""

    ticket = forms.CharField(max_length=200)
    nonce = forms.CharField(max_length=40, required=False)

    def clean_ticket(self) -> str:
        """Return the code, also out of the whole address that a ticket holds."""
        return str(self.cleaned_data["ticket"]).rpartition("kaartje=")[2]


class SeenForm(forms.Form):
    """One person whom a device at the door let in."""

    ticket = forms.CharField(max_length=200)
    nonce = forms.CharField(max_length=40)
    at = forms.DateTimeField()
