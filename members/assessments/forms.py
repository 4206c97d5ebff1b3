"""Forms of the self-assessment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.assessments.models import ActionState, Assessment, ImprovementAction, PeerReview
from members.assessments.questionnaires import Item, ProfileQuestion
from members.library.models import Document
from thuisbasis.accounts.models import User
from thuisbasis.network.forms import HINT, GuardedForm
from thuisbasis.network.policies import Visitor


class ProfileForm(forms.Form):
    """The questions about the practice itself, as the instrument has them."""

    def __init__(self, *args: Any, questions: tuple[ProfileQuestion, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[question.code] = _profile_field(question)


def _profile_field(question: ProfileQuestion) -> forms.Field:
    shared: dict[str, Any] = {"label": question.text, "required": question.is_required}
    if question.kind == "integer":
        return forms.IntegerField(min_value=question.lowest, max_value=question.highest, **shared)
    if question.kind == "multiple_choice":
        return forms.MultipleChoiceField(choices=question.options, widget=forms.CheckboxSelectMultiple, **shared)
    return forms.ChoiceField(choices=question.options, widget=forms.RadioSelect, **shared)


class RatersForm(forms.Form):
    """Whom of the practice to ask."""

    users = forms.ModelMultipleChoiceField(
        label=_("Wie vullen het formulier in?"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kies mensen met verschillende rollen: dan zie je het meest. Iedereen vult alleen in."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["users"].queryset = people


class FinishForm(forms.Form):
    """Whether the outcome may count for others, asked anew each time."""

    shares = forms.BooleanField(
        label=_("Onze uitkomst mag meetellen in de vergelijking voor andere praktijken"),
        required=False,
        help_text=_("Niemand ziet jullie naam of jullie cijfers. Je kunt dit later weer uitzetten."),
    )


class ReasonForm(forms.Form):
    """Why a final assessment is opened again."""

    reason = forms.CharField(
        label=_("Waarom wil je iets wijzigen?"),
        max_length=500,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dit komt in het nieuwe rapport te staan. Het oude rapport blijft bewaard."),
    )


class ReviewerForm(forms.Form):
    """Whom from elsewhere to ask."""

    reviewer = forms.ModelChoiceField(
        label=_("Wie kijkt er mee?"),
        queryset=User.objects.none(),
        help_text=_("Je ziet hier mensen van andere zorgaanbieders."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["reviewer"].queryset = people


class ReviewForm(GuardedForm, forms.ModelForm):
    """What a reviewer says of the whole."""

    guarded_fields = ("summary",)

    class Meta:
        model = PeerReview
        fields = ["visit_date", "summary"]
        widgets = {
            "visit_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "summary": forms.Textarea(attrs={"rows": 8}),
        }
        help_texts = {"summary": HINT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].required = True


class RemarkForm(GuardedForm):
    """What is factually wrong in a review; empty when nothing is."""

    guarded_fields = ("remark",)

    remark = forms.CharField(
        label=_("Wat klopt er niet?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Alleen feiten. Laat leeg als alles klopt: dan is de blik van buiten klaar."),
    )


class EvidenceForm(forms.Form):
    """A document that is shared already, or a file for the practice alone."""

    document = forms.ModelChoiceField(
        label=_("Een document dat al gedeeld is"), queryset=Document.objects.none(), required=False
    )
    file = forms.FileField(
        label=_("Of een bestand, alleen voor jullie praktijk"),
        required=False,
        help_text=_("Hooguit 20 MB. Nooit met gegevens van bewoners: haal namen en nummers weg."),
    )
    title = forms.CharField(label=_("Wat is het?"), max_length=160, required=False)
    is_clean = forms.BooleanField(label=_("Er staan geen gegevens van bewoners in"), required=True)

    def __init__(self, *args: Any, visitor: Visitor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        # Newest first: what one wants to point to was often shared for it.
        fields["document"].queryset = Document.objects.open_to(visitor)

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError for nothing, or for both."""
        data = super().clean() or {}
        if bool(data.get("document")) == bool(data.get("file")) and "file" not in self.errors:
            self.add_error("document", _("Kies een document, of voeg een bestand toe. Eén van de twee."))
        return data


class ActionForm(GuardedForm, forms.ModelForm):
    """An action: what, who, when; and later whether it helped."""

    guarded_fields = ("title", "plan", "do", "check_text", "act")

    item_codes = forms.MultipleChoiceField(label=_("Bij welke vragen hoort dit?"), widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = ImprovementAction
        fields = ["title", "item_codes", "owner", "due_date", "plan", "state", "do", "check_text", "act", "documents"]
        widgets = {
            "due_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "plan": forms.Textarea(attrs={"rows": 3}),
            "do": forms.Textarea(attrs={"rows": 3}),
            "check_text": forms.Textarea(attrs={"rows": 3}),
            "act": forms.Textarea(attrs={"rows": 3}),
            "state": forms.RadioSelect,
            "documents": forms.CheckboxSelectMultiple,
        }

    def __init__(
        self, *args: Any, assessment: Assessment, items: list[Item], people: Any, visitor: Visitor, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["item_codes"].choices = [(item.code, f"{item.code}. {item.text}") for item in items]
        fields["owner"].queryset = people
        fields["documents"].queryset = Document.objects.open_to(visitor).filter(practice=assessment.practice_id)
        fields["documents"].label = _("Documenten die erbij horen")
        if self.instance.pk is None:
            for name in ("state", "do", "check_text", "act", "documents"):
                del self.fields[name]
        else:
            fields["state"].choices = ActionState.choices

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError for closing without saying whether it helped."""
        data = super().clean() or {}
        if data.get("state") == ActionState.DONE and not (data.get("check_text") or "").strip():
            self.add_error("check_text", _("Schrijf eerst of het hielp. Dan kan de actie dicht."))
        return data

    def _post_clean(self) -> None:
        """Leave the row alone: the service writes it, and checks what it must."""


class InstrumentFileForm(forms.Form):
    """An instrument as a file."""

    file = forms.FileField(label=_("YAML-bestand"), help_text=_("Het wordt een concept dat je nog kunt nakijken."))
