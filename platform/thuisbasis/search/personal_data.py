"""What search holds about people, for the register of personal data."""

from django.utils.translation import gettext_lazy as _

from thuisbasis.accounts.registry import Erasure, PersonalData, declare_personal


def declare() -> None:
    """Put kept searches in the register; what was looked for in vain is kept without anybody."""
    declare_personal(
        [
            PersonalData(
                model="search.SavedSearch",
                owner="user",
                fields=("text", "selected", "created_at"),
                purpose=_("Om je te laten weten wat er nieuw is over wat je zoekt."),
                term=_("Tot je ze weghaalt, of zolang je account bestaat."),
                erasure=Erasure.DELETE,
            )
        ]
    )
