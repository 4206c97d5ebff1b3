"""Certificates for those who were there often enough."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from events.models import Attendance, Certificate, EventPage, Occurrence, Registration
from events.policies import attended_enough
from events.querysets import is_of_person
from thuisbasis.base.paper import as_pdf


class NotEntitled(Exception):
    """Whoever was not there often enough gets no certificate."""


@dataclass(frozen=True, kw_only=True)
class Entitlement:
    """On how many of the dates that were held somebody was, for how long, and whether that is enough."""

    attended: int
    held: int
    hours: Decimal
    dates: tuple[str, ...]
    is_enough: bool


def entitlement_of(*, registration: Registration, now: datetime) -> Entitlement:
    """Return what somebody attended of the whole event, whichever of its dates this registration is for."""
    event = registration.occurrence.event
    held = Occurrence.objects.filter(event=event).held(now)
    rows = Attendance.objects.filter(registration__occurrence__in=held)
    whose = is_of_person(registration.user_id, registration.email, prefix="registration__")
    mine = rows.filter(whose).select_related("registration__occurrence")
    dates = sorted({row.registration.occurrence for row in mine}, key=lambda held_on: held_on.starts_at)
    seconds = sum(int((each.ends_at - each.starts_at).total_seconds()) for each in dates)
    count = held.count()
    return Entitlement(
        attended=len(dates),
        held=count,
        hours=(Decimal(seconds) / 3600).quantize(Decimal("0.25")),
        dates=tuple(timezone.localdate(each.starts_at).isoformat() for each in dates),
        is_enough=attended_enough(attended=len(dates), held=count, percent=event.certificate_percent),
    )


@transaction.atomic
def issue_certificate(*, registration: Registration, name: str, now: datetime) -> Certificate:
    """Give a certificate in this name; one that was given before is void from then on. Raises NotEntitled."""
    event = EventPage.objects.select_for_update(of=("self",)).get(pk=registration.occurrence.event_id)
    found = entitlement_of(registration=registration, now=now)
    if not found.is_enough:
        raise NotEntitled
    same = Registration.objects.filter(occurrence__event=event).of_person(registration.user_id, registration.email)
    Certificate.objects.filter(registration__in=same).valid().update(voided_at=now)
    certificate = Certificate.objects.create(
        event=event,
        registration=registration,
        name=name,
        hours=found.hours,
        dates=list(found.dates),
        issued_at=now,
    )
    certificate.serial = f"{timezone.localdate(now).year}-{certificate.pk:05d}"
    certificate.save(update_fields=["serial"])
    return certificate


def verify_url(certificate: Certificate) -> str:
    """Return where anybody checks whether a certificate is real."""
    return settings.SITE_URL + reverse("events:verify", args=[certificate.code])


def certificate_pdf(*, certificate: Certificate) -> bytes:
    """Return the certificate as a PDF; raises CannotPrint."""
    context: dict[str, Any] = {
        "certificate": certificate,
        "days": [date.fromisoformat(day) for day in certificate.dates],
        "verify_url": verify_url(certificate),
    }
    return as_pdf("events/certificate_print.html", context)
