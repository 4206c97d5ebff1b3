"""What forms share in which people write about their work: a guard for the privacy of residents, and an audience."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from thuisbasis.base.texts import Sentence
from thuisbasis.network.models import Audience, Practice, WorkingGroup
from thuisbasis.network.policies import Visitor, may_see
from thuisbasis.network.services import Reach, reach
from thuisbasis.network.traces import Trace, find_traces

HINT = _("Schrijf niet wie het is: geen namen, nummers, geboortedata of adressen van bewoners.")


class GuardedForm(forms.Form):
    """Stops once when a text seems to hold data of a resident; whoever is sure goes on, and that is written down.

    `guarded_fields` are the texts that are looked at.
    """

    guarded_fields: tuple[str, ...] = ()

    sure = forms.BooleanField(
        label=_("Dit gaat niet over een bewoner. Plaats het toch."), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # At the end, just above the button that goes on.
        self.fields["sure"] = self.fields.pop("sure")
        self.overridden: list[str] = []

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError beside each text with traces, until the writer says to be sure."""
        data = super().clean() or {}
        for name in self.guarded_fields:
            found = find_traces(data.get(name) or "")
            if found and data.get("sure"):
                self.overridden += [trace.kind for trace in found]
            elif found:
                self.add_error(name, _warning(found, data[name]))
                self.fields["sure"].widget = forms.CheckboxInput()
        return data


def _warning(found: list[Trace], text: str) -> ValidationError:
    first = found[0]
    return ValidationError(
        _(
            "“%(shown)s” lijkt op %(kind)s. Haal het weg als het van een bewoner is. "
            "Zo niet, vink dan onderaan aan dat je zeker bent."
        ),
        params={"shown": text[first.start : first.end], "kind": first.label},
        code="traces",
    )


class AudienceForm(forms.Form):
    """Asks who may see something, and says at each choice how many people that are.

    `audiences` are the choices, from wide to narrow; each working group and each practice of the
    visitor is one of its own. After cleaning there are `audience`, `working_group` and `practice`.
    """

    audiences: tuple[str, ...] = tuple(Audience.values)
    needs_practice = True

    seen_by = forms.ChoiceField(label=_("Wie mag dit zien?"), widget=forms.RadioSelect)
    practice = forms.ModelChoiceField(label=_("Vanuit welke praktijk?"), queryset=Practice.objects.none())

    def __init__(self, *args: Any, visitor: Visitor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visitor, self.today = visitor, today
        practices = Practice.objects.filter(pk__in=visitor.network_practice_ids).order_by("name")
        self.practices = list(practices)
        self.groups = list(WorkingGroup.objects.filter(pk__in=visitor.working_group_ids).order_by("name"))
        fields: dict[str, Any] = self.fields
        fields["seen_by"].choices = self._choices()
        if self.needs_practice and len(self.practices) > 1:
            fields["practice"].queryset = practices
        else:
            del self.fields["practice"]

    def _choices(self) -> list[tuple[str, Any]]:
        choices: list[tuple[str, Any]] = []
        for audience in self.audiences:
            if audience == Audience.WORKING_GROUP:
                choices += [
                    (f"group-{group.pk}", self._said(audience, group.name, group=group)) for group in self.groups
                ]
            elif audience == Audience.OWN_PRACTICE:
                choices += [
                    (f"practice-{practice.pk}", self._said(audience, practice.name, practice=practice))
                    for practice in self.practices
                ]
            elif may_see(self.visitor, audience=audience, practice_id=None):
                choices.append((audience, self._said(audience, Audience(audience).label)))
        return choices

    def _said(self, audience: str, name: Any, *, group: Any = None, practice: Any = None) -> Any:
        found = reach(
            audience=audience,
            practice_id=practice.pk if practice else None,
            working_group_id=group.pk if group else None,
            today=self.today,
        )
        return Sentence(_("%(name)s (%(reach)s)"), {"name": name, "reach": reach_text(found)})

    def clean(self) -> dict[str, Any]:
        """Take the choice apart; raises ValidationError for somebody without a practice."""
        data = super().clean() or {}
        kind, _dash, key = data.get("seen_by", "").partition("-")
        data["working_group"] = next((group for group in self.groups if kind == "group" and str(group.pk) == key), None)
        own = next((row for row in self.practices if kind == "practice" and str(row.pk) == key), None)
        data["practice"] = own or data.get("practice") or (self.practices[0] if self.practices else None)
        names = {"group": Audience.WORKING_GROUP, "practice": Audience.OWN_PRACTICE}
        data["audience"] = str(names.get(kind, kind))
        if self.needs_practice and data["practice"] is None:
            raise ValidationError(_("Je werkt nu bij geen praktijk van het netwerk."))
        return data


def chosen_audience(thing: Any) -> str:
    """Return the choice of `seen_by` that stands for what this object has now."""
    if thing.audience == Audience.WORKING_GROUP:
        return f"group-{thing.working_group_id}"
    return f"practice-{thing.practice_id}" if thing.audience == Audience.OWN_PRACTICE else str(thing.audience)


def reach_text(found: Reach) -> Any:
    """Return how many people that are, as people say it."""
    if found.is_everyone:
        return _("ook zonder inloggen")
    practices = ngettext_lazy("%(practices)d praktijk", "%(practices)d praktijken", found.practices)
    people = ngettext_lazy("%(people)d persoon", "%(people)d mensen", found.people)
    return Sentence(
        _("%(practices)s, %(people)s"),
        {"practices": practices % {"practices": found.practices}, "people": people % {"people": found.people}},
    )
