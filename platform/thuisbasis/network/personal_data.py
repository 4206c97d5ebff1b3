"""What the network holds about people, for the register of personal data."""

from django.utils.translation import gettext_lazy as _

from thuisbasis.accounts.registry import Erasure, PersonalData, declare_personal


def declare() -> None:
    """Put memberships and the people whom the site names in the register."""
    rights = _("Om te weten wat je mag zien en doen.")
    history = _("Zolang de praktijk lid is; zonder naam zodra je bent gewist.")
    declare_personal(
        [
            PersonalData(
                model="network.Membership",
                owner="user",
                fields=("practice__name", "role", "start_date", "end_date", "ended_at", "confirmed_at"),
                purpose=rights,
                term=history,
                erasure=Erasure.KEEP,
            ),
            PersonalData(
                model="network.WorkingGroupMembership",
                owner="user",
                fields=("group__name", "start_date", "end_date", "ended_at"),
                purpose=rights,
                term=history,
                erasure=Erasure.KEEP,
            ),
            PersonalData(
                model="network.Person",
                owner="",
                fields=("name", "description", "email", "photo"),
                purpose=_("Om te laten zien wie iets schreef of vertelde, met toestemming."),
                term=_("Tot de toestemming wordt ingetrokken."),
                erasure=Erasure.SPECIAL,
            ),
        ]
    )
