"""Components of forms."""

from dataclasses import dataclass, field
from typing import Any, Self

from django import forms

from .core import SiteComponent


@dataclass(kw_only=True)
class SearchForm(SiteComponent):
    """The search field: small in the header, large on the results page."""

    text: str = ""
    is_large: bool = False

    computed = ("field_id",)
    is_drawn_once = True

    @property
    def field_id(self) -> str:
        """Return an id that is unique when both forms stand on one page."""
        return "search-large" if self.is_large else "search-header"

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        return {"klein": cls(), "groot": cls(text="eenzaamheid", is_large=True)}


@dataclass(kw_only=True)
class FormField(SiteComponent):
    """One field of a Django form with its label, help and errors, tied together for screen readers."""

    field: Any

    computed = ("is_checkbox", "is_group")

    @property
    def is_checkbox(self) -> bool:
        """Say whether the label follows the field."""
        return isinstance(self.field.field.widget, forms.CheckboxInput)

    @property
    def is_group(self) -> bool:
        """Say whether it is a choice out of several, with a label each and a legend for all."""
        return isinstance(self.field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""

        class ExampleForm(forms.Form):
            email = forms.EmailField(label="E-mailadres", help_text="Je werkadres.")
            wrong = forms.EmailField(label="E-mailadres")
            remember = forms.BooleanField(label="Onthoud mij", required=False)
            often = forms.ChoiceField(
                label="Hoe vaak?", choices=[("d", "elke dag"), ("w", "elke week")], widget=forms.RadioSelect
            )

        form = ExampleForm({"email": "sanne@example.nl", "wrong": "sanne"})
        form.is_valid()
        return {
            "gevuld": cls(field=form["email"]),
            "met fout": cls(field=form["wrong"]),
            "vinkje": cls(field=form["remember"]),
            "keuze": cls(field=form["often"]),
        }


@dataclass(frozen=True, kw_only=True)
class Select:
    """A choice in a filter form; `options` are (value, text), the empty choice comes by itself."""

    name: str
    label: str
    chosen: str
    options: list[tuple[str, str]]


@dataclass(kw_only=True)
class FilterForm(SiteComponent):
    """A text field with choices, as one form that works without JavaScript and can be shared."""

    action: str
    text_name: str
    text_label: str
    button: str
    text: str = ""
    text_autocomplete: str = ""
    selects: list[Select] = field(default_factory=list)

    computed = ("is_narrowed",)

    @property
    def query(self) -> dict[str, str]:
        """Return what is asked for, as an address holds it."""
        return {self.text_name: self.text, **{select.name: select.chosen for select in self.selects}}

    @property
    def is_narrowed(self) -> bool:
        """Say whether one of the choices is made."""
        return any(select.chosen for select in self.selects)

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        select = Select(name="soort", label="Provincie", chosen="", options=[("OV", "Overijssel")])
        form = cls(action="#", text_name="plek", text_label="Plaats", button="Zoek", selects=[select])
        return {"plaats en provincie": form}


@dataclass(frozen=True, kw_only=True)
class FacetGroup:
    """One property to narrow by; `values` are (value, text, how many, whether it is chosen)."""

    parameter: str
    label: str
    values: list[tuple[str, str, int, bool]]

    @property
    def is_long(self) -> bool:
        """Say whether there are too many to show at once."""
        return len(self.values) > 6


@dataclass(kw_only=True)
class FacetForm(SiteComponent):
    """Several choices at once, within and across properties, as a form that works without JavaScript.

    `kept` are the names and values that stay as they are; `order` is "" for the best first.
    """

    action: str
    kept: list[tuple[str, str]]
    groups: list[FacetGroup]
    order: str = ""
    clear_url: str = ""

    computed = ("chosen_count",)

    @property
    def chosen_count(self) -> int:
        """Return how many choices are made."""
        return sum(is_chosen for group in self.groups for *_value, is_chosen in group.values)

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""
        theme = FacetGroup(
            parameter="thema", label="Thema", values=[("wonen", "Wonen", 12, True), ("geld", "Geld", 3, False)]
        )
        year = FacetGroup(
            parameter="jaar", label="Jaar", values=[("2021", "2021", 8, False), ("2020", "2020", 7, False)]
        )
        return {"thema en jaar": cls(action="#", kept=[("q", "schulden")], groups=[theme, year], clear_url="#")}
