"""Who comes to which date, who waits, and what they said."""

import secrets
import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.occurrence import Occurrence
from events.policies import Ending, ReminderKind, Status, WaitsFor
from events.querysets import GivenAnswerQuerySet, RegistrationQuerySet, ReminderQuerySet

ACTIVE = Q(status__in=[Status.CONFIRMED, Status.OFFERED, Status.WAITING], rest_of=None)


def new_ticket_code() -> str:
    """Return a code that says nothing and that nobody guesses (128 bits)."""
    return secrets.token_urlsafe(16)


class Registration(models.Model):
    """One person, perhaps with others, for one date.

    Change it only through `services.seats`, which holds the lock of the date. `place` is the order of
    arrival. A group that takes fewer seats than it asked for has the others in rows of their own
    (`rest_of`), which wait in the same place.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="registrations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )
    name = models.CharField(_("naam"), max_length=120, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    practice = models.ForeignKey(
        "network.Practice",
        verbose_name=_("praktijk"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    language = models.CharField(max_length=2, default="nl")
    status = models.CharField(_("stand"), max_length=10, choices=Status.choices)
    ending = models.CharField(max_length=20, choices=Ending.choices, blank=True)
    waits_for = models.CharField(max_length=10, choices=WaitsFor.choices, blank=True)
    seats = models.PositiveSmallIntegerField(_("plekken"), default=1)
    accepts_fewer = models.BooleanField(default=False)
    rest_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="rests")
    place = models.PositiveIntegerField()
    offered_until = models.DateTimeField(null=True, blank=True)
    registered_at = models.DateTimeField(_("ingeschreven op"))
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # RFC 5545, 3.8.7.4: grows with each change of time, place or status that a calendar must take over.
    sequence = models.PositiveIntegerField(default=0)
    ticket_code = models.CharField(max_length=32, unique=True, default=new_ticket_code, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("inschrijving")
        verbose_name_plural = _("inschrijvingen")
        constraints = [
            models.UniqueConstraint(fields=["occurrence", "user"], condition=ACTIVE, name="one_seat_for_a_member"),
            models.UniqueConstraint(
                fields=["occurrence", "email"],
                condition=ACTIVE & Q(user=None) & ~Q(email=""),
                name="one_seat_for_an_address",
            ),
            models.CheckConstraint(condition=Q(seats__gte=1), name="registration_has_a_seat"),
            models.CheckConstraint(
                condition=Q(status=Status.OFFERED, offered_until__isnull=False)
                | (~Q(status=Status.OFFERED) & Q(offered_until=None)),
                name="an_offer_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.ENDED, ended_at__isnull=False) | (~Q(status=Status.ENDED) & Q(ended_at=None)),
                name="what_ended_has_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["occurrence", "status", "place"])]

    def __str__(self) -> str:
        return f"{self.person_name}, {self.occurrence}"

    @property
    def is_active(self) -> bool:
        """Say whether there is a seat, an offer or a place in the queue."""
        return self.status != Status.ENDED

    @property
    def person_name(self) -> str:
        """Return what to call whoever registered."""
        return str(self.user) if self.user else self.name

    @property
    def person_email(self) -> str:
        """Return where to write to; "" for somebody who was forgotten."""
        return str(self.user.email) if self.user else self.email

    @property
    def person_language(self) -> str:
        """Return the language to write in."""
        return str(self.user.language) if self.user else self.language


class GivenAnswer(models.Model):
    """What somebody answered to a question of the organiser; forgotten after `kept_until`."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(
        "events.EventQuestion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The question as it was asked: editors may change it afterwards.
    label = models.CharField(max_length=160)
    text = models.TextField(max_length=1000)
    kept_until = models.DateField(db_index=True)

    objects = GivenAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.label}: {self.text}"


class Reminder(models.Model):
    """That somebody was reminded; one row each, so that two workers remind once."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=10, choices=ReminderKind.choices)
    sent_at = models.DateTimeField()

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["registration", "kind"], name="reminded_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.registration_id}"


class CalendarFeed(models.Model):
    """An address at which somebody's own calendar program reads the registrations of that person.

    Only a digest of the token is kept: the address is shown once.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds")
    name = models.CharField(_("naam"), max_length=60)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField()
    last_read_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.name

    def note_read(self, now: datetime) -> Any:
        """Return the rows to update with the day on which it was read; none when that is known already."""
        return CalendarFeed.objects.filter(pk=self.pk).exclude(last_read_date=timezone.localdate(now))
