"""What the agenda holds about people, for the register of personal data."""

from django.utils.translation import gettext_lazy as _

from thuisbasis.accounts.registry import Erasure, PersonalData, declare_personal

SEAT = _("Om een plek voor je te houden, en te weten wie er was.")
TWO_YEARS = _("Twee jaar na de bijeenkomst; wie geen account heeft, is na een jaar vergeten.")
PROVED = _("Zolang anderen het bewijs moeten kunnen nakijken.")
SEATS = [
    PersonalData(
        model="events.Registration",
        owner="user",
        fields=(
            "occurrence__event__title", "occurrence__starts_at", "status", "seats", "practice__name",
            "registered_at", "confirmed_at", "ended_at", "name", "email", "language",
        ),
        purpose=SEAT,
        term=TWO_YEARS,
        erasure=Erasure.KEEP,
    ),
    PersonalData(
        model="events.GivenAnswer",
        owner="registration__user",
        fields=("label", "text", "kept_until"),
        purpose=_("Om te zorgen dat iedereen mee kan doen."),
        term=_("Tot de dag die erbij staat; dieet en toegankelijkheid hooguit 30 dagen na afloop."),
        erasure=Erasure.SPECIAL,
    ),
    PersonalData(
        model="events.Reminder",
        owner="registration__user",
        fields=("kind", "sent_at"),
        purpose=_("Om je één keer te herinneren."),
        term=TWO_YEARS,
        erasure=Erasure.KEEP,
    ),
]  # fmt: skip
PROOFS = [
    PersonalData(
        model="events.Attendance",
        owner="registration__user",
        fields=("at", "how"),
        purpose=SEAT,
        term=TWO_YEARS,
        erasure=Erasure.KEEP,
    ),
    PersonalData(
        model="events.Attendance",
        owner="checked_in_by",
        fields=("at",),
        purpose=SEAT,
        term=TWO_YEARS,
        erasure=Erasure.KEEP,
    ),
    PersonalData(
        model="events.Certificate",
        owner="registration__user",
        fields=("event__title", "serial", "name", "hours", "dates", "issued_at", "voided_at"),
        purpose=_("Om te bewijzen dat je erbij was."),
        term=PROVED,
        erasure=Erasure.SPECIAL,
    ),
]
OWN = [
    PersonalData(
        model="events.CalendarFeed",
        owner="user",
        fields=("name", "created_at", "last_read_date"),
        purpose=_("Om je eigen agenda je inschrijvingen te laten volgen."),
        term=_("Tot je de koppeling weghaalt."),
        erasure=Erasure.SPECIAL,
    ),
    PersonalData(
        model="events.Mailing",
        owner="author",
        fields=("subject", "text", "created_at", "count"),
        purpose=_("Om te weten wat deelnemers is geschreven."),
        term=_("Zolang de bijeenkomst op de site staat."),
        erasure=Erasure.KEEP,
    ),
]


def declare() -> None:
    """Put registrations and what belongs to them in the register."""
    declare_personal([*SEATS, *PROOFS, *OWN])
