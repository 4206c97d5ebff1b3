"""Components of forms."""

from dataclasses import dataclass
from typing import Any, Self

from django import forms

from .core import SiteComponent


@dataclass(kw_only=True)
class SearchForm(SiteComponent):
    """The search field: small in the header, large on the results page."""

    text: str = ""
    is_large: bool = False

    computed = ("field_id",)

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

    computed = ("is_checkbox",)

    @property
    def is_checkbox(self) -> bool:
        """Say whether the label follows the field."""
        return isinstance(self.field.field.widget, forms.CheckboxInput)

    @classmethod
    def examples(cls) -> dict[str, Self]:
        """Return the gallery's examples."""

        class ExampleForm(forms.Form):
            email = forms.EmailField(label="E-mailadres", help_text="Je werkadres.")
            wrong = forms.EmailField(label="E-mailadres")
            remember = forms.BooleanField(label="Onthoud mij", required=False)

        form = ExampleForm({"email": "sanne@example.nl", "wrong": "sanne"})
        form.is_valid()
        return {
            "gevuld": cls(field=form["email"]),
            "met fout": cls(field=form["wrong"]),
            "vinkje": cls(field=form["remember"]),
        }
