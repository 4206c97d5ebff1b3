"""What the notices hold about people, for the register of personal data."""

from django.utils.translation import gettext_lazy as _

from thuisbasis.accounts.registry import Erasure, PersonalData, declare_personal


def declare() -> None:
    """Put notices and subscriptions in the register."""
    declare_personal(
        [
            PersonalData(
                model="notices.Notice",
                owner="user",
                fields=("kind", "created_at", "read_at", "mailed_at"),
                purpose=_("Om je te laten weten wat er voor jou gebeurde."),
                term=_("Een half jaar."),
                erasure=Erasure.DELETE,
            ),
            PersonalData(
                model="notices.Subscription",
                owner="user",
                fields=("topic", "frequency", "sent_through"),
                purpose=_("Om je te mailen waarover en hoe vaak je dat wilt."),
                term=_("Zolang je account bestaat."),
                erasure=Erasure.DELETE,
            ),
        ]
    )
