"""Choosing what to hear of."""

from typing import Any

from django import forms

from thuisbasis.notices.models import Frequency
from thuisbasis.notices.registry import PERSONAL, topics
from thuisbasis.notices.services import frequencies_of

AT_ONCE_OR_NEVER = [(Frequency.AT_ONCE.value, Frequency.AT_ONCE.label), (Frequency.NEVER.value, Frequency.NEVER.label)]
GATHERED = [(choice.value, choice.label) for choice in (Frequency.DAILY, Frequency.WEEKLY, Frequency.NEVER)]


class SubscriptionsForm(forms.Form):
    """One choice for each topic."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = frequencies_of(user)
        for topic in topics():
            self.fields[f"topic_{topic.name}"] = forms.ChoiceField(
                label=topic.label,
                help_text=topic.help_text,
                choices=AT_ONCE_OR_NEVER if topic.name == PERSONAL else GATHERED,
                initial=chosen[topic.name],
            )

    def frequencies(self) -> dict[str, str]:
        """Return what was chosen for each topic."""
        chosen = {name: value for name, value in self.cleaned_data.items() if name.startswith("topic_")}
        return {name.removeprefix("topic_"): value for name, value in chosen.items()}
