"""Every mail to somebody who registered; written by the worker, in what is true at that moment."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_tasks import task

from events.models import Registration
from events.policies import Ending, Status
from events.services.calendars import invitation, registration_url
from thuisbasis.base.calendars import Method
from thuisbasis.base.texts import Sentence, full_date
from thuisbasis.mail.services import CalendarPart, Letter, write_letter
from thuisbasis.network.policies import ANONYMOUS, may_see_object
from thuisbasis.network.services import visitor_for

ENDINGS: dict[str, tuple[Any, Any]] = {
    Ending.CANCELLED: (_("Je bent afgemeld voor “%(title)s”"), _("Je plek is weer vrij voor een ander. Dank je wel.")),
    Ending.DECLINED: (
        _("Je hebt de plek bij “%(title)s” doorgegeven"),
        _("De plek gaat nu naar de volgende op de wachtlijst."),
    ),
    Ending.EXPIRED: (
        _("De plek bij “%(title)s” is doorgegeven"),
        _("We hoorden niets van je. De plek ging daarom naar de volgende. Je kunt je opnieuw inschrijven."),
    ),
    Ending.TRANSFERRED: (
        _("Je plek bij “%(title)s” is nu van een collega"),
        _("Je collega kreeg een eigen mail. Je hoeft niets meer te doen."),
    ),
    Ending.EVENT_CANCELLED: (_("“%(title)s” gaat niet door"), _("Deze bijeenkomst is afgelast.")),
    Ending.LEFT: (
        _("Je inschrijving voor “%(title)s” is beëindigd"),
        _("Je werkt niet meer bij de praktijk waarvoor je kwam. Je plek is weer vrij."),
    ),
}


def tell(*, registration: Registration, what: str) -> None:
    """Let the worker write a mail: confirmed, waiting, offered, moved, ended or again."""
    write_registrant.enqueue(registration.pk, what)


@transaction.atomic
def write_to(*, registration_id: int, what: str, now: datetime) -> bool:
    """Write the mail unless something else is true by now, and say whether it was written."""
    rows = Registration.objects.select_related("occurrence__event__locale", "user")
    registration = rows.filter(pk=registration_id).first()
    if registration is None or not registration.person_email:
        return False
    if registration.is_active and not may_still_see(registration, now):
        return False
    letter_of = LETTERS.get((what, str(registration.status)))
    if letter_of is None or (what == "ended" and registration.ending not in ENDINGS):
        return False
    with translation.override(registration.person_language):
        letter = letter_of(registration)
        calendar = _calendar(registration, now)
    write_letter(
        letter=letter,
        to=registration.person_email,
        language=registration.person_language,
        key=_key(registration, what, now),
        calendar=calendar,
    )
    return True


def may_still_see(registration: Registration, now: datetime) -> bool:
    """Say whether whoever registered may see the event today: rights end before registrations do."""
    user = registration.user
    visitor = visitor_for(user=user, today=timezone.localdate(now)) if user else ANONYMOUS
    return may_see_object(visitor, registration.occurrence.event)


def _key(registration: Registration, what: str, now: datetime) -> str:
    """Return what makes this mail the same mail: the same news, however often it is told."""
    news = f"{registration.sequence}:{registration.seats}:{registration.offered_until or ''}"
    if what == "again":
        news = f"{now:%Y%m%d%H}"
    return f"registration:{registration.key}:{what}:{news}"


def _calendar(registration: Registration, now: datetime) -> CalendarPart | None:
    """Return the appointment of whoever has a seat, or what takes it away from whoever had one."""
    if registration.confirmed_at is None or registration.ending == Ending.JOINED:
        return None
    method: Method = "REQUEST" if registration.status == Status.CONFIRMED else "CANCEL"
    return CalendarPart(method=method, content=invitation(registration, method=method, now=now))


def names_of(registration: Registration) -> dict[str, Any]:
    """Return what sentences about a registration fill in."""
    date = registration.occurrence
    return {
        "title": date.event.title,
        "moment": full_date(date.starts_at),
        "place": date.place,
        "seats": registration.seats,
        "until": full_date(registration.offered_until) if registration.offered_until else "",
    }


def _letter(registration: Registration, subject: Any, *paragraphs: Any, action: Any, closing: Any = "") -> Letter:
    names = names_of(registration)
    place = (Sentence(_("Waar: %(place)s."), names),) if names["place"] else ()
    return Letter(
        subject=Sentence(subject, names),
        paragraphs=(*(Sentence(text, names) for text in paragraphs), *place),
        action_label=action,
        action_url=registration_url(registration),
        closing=closing,
    )


def _confirmed(registration: Registration) -> Letter:
    seats = ngettext_lazy("Je hebt %(seats)d plek.", "Je hebt %(seats)d plekken.", "seats")
    return _letter(
        registration,
        _("Je plek bij “%(title)s”"),
        _("Je bent ingeschreven voor “%(title)s”, op %(moment)s."),
        seats if registration.seats > 1 else _("De afspraak zit bij deze mail, voor in je agenda."),
        action=_("Bekijk of wijzig je inschrijving"),
        closing=_("Kun je toch niet? Meld je af, dan krijgt een ander je plek."),
    )


def _moved(registration: Registration) -> Letter:
    return _letter(
        registration,
        _("Gewijzigd: “%(title)s”"),
        _("Er is iets veranderd aan “%(title)s”. De bijeenkomst is nu op %(moment)s."),
        _("Je inschrijving blijft staan. Je hoeft niets te doen als dit je past."),
        action=_("Kun je niet? Meld je af"),
    )


def _waiting(registration: Registration) -> Letter:
    return _letter(
        registration,
        _("Je staat op de wachtlijst voor “%(title)s”"),
        _("Je staat op de wachtlijst voor “%(title)s”, op %(moment)s."),
        _("Komt er een plek vrij, dan krijg je een mail en houden we de plek een tijd voor je vast."),
        action=_("Bekijk je plaats op de wachtlijst"),
    )


def _offered(registration: Registration) -> Letter:
    return _letter(
        registration,
        _("Er is een plek voor je bij “%(title)s”"),
        _("Er kwam een plek vrij bij “%(title)s”, op %(moment)s."),
        _("We houden de plek voor je vast tot %(until)s. Daarna is de volgende aan de beurt."),
        action=_("Neem de plek, of geef die door"),
    )


def _ended(registration: Registration) -> Letter:
    subject, text = ENDINGS[registration.ending]
    if registration.ending == Ending.CANCELLED and registration.confirmed_at is None:
        text = _("Je staat niet meer op de wachtlijst.")
    reason = registration.occurrence.cancellation_reason if registration.ending == Ending.EVENT_CANCELLED else ""
    when = _("Het gaat om %(moment)s.")
    return Letter(
        subject=Sentence(subject, names_of(registration)),
        paragraphs=(text, *((reason,) if reason else ()), Sentence(when, names_of(registration))),
        action_label=_("Bekijk wat er nog meer is"),
        action_url=registration.occurrence.event.absolute_url,
    )


LETTERS: dict[tuple[str, str], Any] = {
    ("confirmed", Status.CONFIRMED): _confirmed,
    ("moved", Status.CONFIRMED): _moved,
    ("moved", Status.WAITING): _moved,
    ("moved", Status.OFFERED): _offered,
    ("waiting", Status.WAITING): _waiting,
    ("offered", Status.OFFERED): _offered,
    ("ended", Status.ENDED): _ended,
    # Somebody asks again for what we wrote before.
    ("again", Status.CONFIRMED): _confirmed,
    ("again", Status.WAITING): _waiting,
    ("again", Status.OFFERED): _offered,
}


@task()
def write_registrant(registration_id: int, what: str) -> bool:
    """Write one mail to somebody who registered."""
    return write_to(registration_id=registration_id, what=what, now=timezone.now())
