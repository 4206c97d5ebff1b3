"""What the portal holds about people, for the register of personal data."""

from django.utils.translation import gettext_lazy as _

from thuisbasis.accounts.registry import Erasure, PersonalData, declare_personal


def declare() -> None:
    """Put profiles, invitations and copies in the register."""
    declare_personal(
        [
            PersonalData(
                model="portal.Profile",
                owner="user",
                fields=("slug", "job_title", "phone", "about", "ask_me_about", "photo", "shows_email"),
                purpose=_("Om je vindbaar te maken voor collega's van andere praktijken."),
                term=_("Zolang je account bestaat."),
                erasure=Erasure.DELETE,
            ),
            PersonalData(
                model="portal.Invitation",
                owner="invited_by",
                fields=("email", "practice__name", "role", "created_at", "accepted_at", "revoked_at"),
                purpose=_("Om iemand uit te nodigen."),
                term=_("Tot een maand nadat de uitnodiging voorbij is."),
                erasure=Erasure.SPECIAL,
            ),
            PersonalData(
                model="portal.DataExport",
                owner="user",
                fields=("requested_at", "ready_at"),
                purpose=_("Om je een kopie van je gegevens te geven."),
                term=_("Zeven dagen."),
                erasure=Erasure.DELETE,
            ),
        ]
    )
