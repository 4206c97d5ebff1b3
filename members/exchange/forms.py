"""Forms of the exchange."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.models.knowledge_page import validate_summary_length
from members.exchange.models.post import LONGEST_POST
from thuisbasis.network.forms import HINT, AudienceForm, GuardedForm
from thuisbasis.network.models import Audience, Practice, Theme

ANNOUNCED_FOR = timedelta(days=28)
FURTHEST_AHEAD = timedelta(days=366)


def themes_field(**options: Any) -> forms.ModelMultipleChoiceField:
    """Return the choice of themes, in the site's own language."""
    return forms.ModelMultipleChoiceField(
        label=_("Thema's"),
        queryset=Theme.objects.filter(locale__language_code="nl"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        **options,
    )


class QuestionForm(AudienceForm, GuardedForm):
    """A question to the network or a working group."""

    guarded_fields = ("title", "text")
    audiences = (Audience.NETWORK, Audience.WORKING_GROUP)

    title = forms.CharField(
        label=_("Je vraag in één zin"), max_length=160, help_text=_("Zo vinden anderen hem later terug.")
    )
    text = forms.CharField(
        label=_("Vertel meer"), max_length=LONGEST_POST, widget=forms.Textarea(attrs={"rows": 6}), help_text=HINT
    )
    themes = themes_field(help_text=_("Blijft je vraag liggen, dan vragen we wie veel van dit thema weet."))

    field_order = ["title", "text", "themes", "seen_by", "practice"]


class AnswerForm(GuardedForm):
    """An answer, or a comment."""

    guarded_fields = ("text",)

    text = forms.CharField(
        label=_("Je antwoord"), max_length=LONGEST_POST, widget=forms.Textarea(attrs={"rows": 5}), help_text=HINT
    )


class ReportForm(forms.Form):
    """What is wrong with a text."""

    reason = forms.CharField(
        label=_("Wat is er mis?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Bijvoorbeeld: een bewoner is herkenbaar. Herhaal de gegevens zelf niet."),
    )


class AnnouncementForm(AudienceForm, GuardedForm):
    """A message of the steering group."""

    guarded_fields = ("title", "text")
    audiences = (Audience.NETWORK, Audience.WORKING_GROUP)
    needs_practice = False

    title = forms.CharField(label=_("Titel"), max_length=120)
    text = forms.CharField(label=_("Bericht"), max_length=LONGEST_POST, widget=forms.Textarea(attrs={"rows": 8}))
    until_date = forms.DateField(
        label=_("Bovenaan tot en met"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Daarna blijft het te vinden in het archief."),
    )

    field_order = ["title", "text", "until_date", "seen_by"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until_date"].initial = timezone.localdate() + ANNOUNCED_FOR

    def clean_until_date(self) -> date:
        """Raise ValidationError for a day that is over, or further away than a year."""
        day: date = self.cleaned_data["until_date"]
        today = timezone.localdate()
        if not today <= day <= today + FURTHEST_AHEAD:
            raise ValidationError(_("Kies een dag vanaf vandaag, binnen een jaar."))
        return day


class ExpertiseForm(forms.Form):
    """On which themes somebody wants to help."""

    themes = themes_field(
        help_text=_("Wacht een vraag vijf werkdagen op antwoord, dan krijg jij een bericht. Niemand anders ziet dit.")
    )


def _long_text(label: Any, help_text: Any, *, required: bool = False, rows: int = 4) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=8000, required=required, widget=widget)


class ProposalForm(GuardedForm):
    """A practice example, in questions that a colleague would ask."""

    guarded_fields = ("title", "summary", "text", "aim", "target_group", "results", "what_did_not_work")

    title = forms.CharField(label=_("Hoe heet het?"), max_length=120, help_text=_("Bijvoorbeeld: de lange zondag."))
    summary = forms.CharField(
        label=_("Wat doen jullie, in het kort?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[validate_summary_length],
        max_length=1500,
        help_text=_("Twee of drie zinnen. Dit leest een collega als eerste."),
    )
    text = _long_text(_("Hoe gaat dat, stap voor stap?"), HINT, required=True, rows=8)
    aim = _long_text(_("Wat moest er beter worden?"), "")
    target_group = _long_text(_("Voor wie is het, en voor wie niet?"), "")
    results = _long_text(_("Wat levert het op?"), _("Wat zag je, of wat is er gemeten?"))
    what_did_not_work = _long_text(_("Wat werkte niet?"), _("Daar leert een ander het meest van."))
    themes = themes_field()
    practice = forms.ModelChoiceField(
        label=_("Van welke praktijk?"), queryset=Practice.objects.none(), empty_label=None
    )
    credits_author = forms.BooleanField(
        label=_("Zet mijn naam erbij."), required=False, initial=True, help_text=_("Je kunt dat altijd terugdraaien.")
    )
    practice_agrees = forms.BooleanField(label=_("Mijn praktijk vindt het goed dat dit op de site komt."))

    def __init__(self, *args: Any, practices: Iterable[Practice], is_revision: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["practice"]
        choice.queryset = practices
        if is_revision:
            for name in ("practice", "credits_author", "practice_agrees"):
                del self.fields[name]
            self.fields["answer"] = forms.CharField(
                label=_("Je antwoord aan de redactie"),
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            self.fields["sure"] = self.fields.pop("sure")
