"""One date of an event, with its seats."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.querysets import OccurrenceQuerySet
from thuisbasis.base.calendars import Appointment
from thuisbasis.base.texts import full_date


class Occurrence(models.Model):
    """When and where an event is held, and for how many.

    Change it through `services.changing` only, which tells everybody whom it concerns.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey("events.EventPage", on_delete=models.PROTECT, related_name="occurrences")
    starts_at = models.DateTimeField(_("begint"))
    ends_at = models.DateTimeField(_("eindigt"))
    place = models.CharField(_("plaats"), max_length=160, blank=True)
    capacity = models.PositiveIntegerField(_("aantal plekken"), null=True, blank=True)
    practice_limit = models.PositiveSmallIntegerField(_("hooguit per praktijk"), null=True, blank=True)
    closes_at = models.DateTimeField(_("inschrijven kan tot"), null=True, blank=True)
    cancel_until = models.DateTimeField(_("afmelden kan tot"), null=True, blank=True)
    # Nobody sees it before the door opens: it stands in no page, mail, feed or index.
    join_url = models.URLField(_("adres van de online zaal"), max_length=500, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancellation_reason = models.CharField(_("waarom het niet doorgaat"), max_length=300, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    talk_show = models.OneToOneField(
        "knowledge.TalkShowPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    recap = models.OneToOneField(
        "events.RecapPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="occurrence"
    )
    thanked_at = models.DateTimeField(null=True, blank=True)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("datum")
        verbose_name_plural = _("data")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="occurrence_ends_later"),
            models.CheckConstraint(
                condition=Q(practice_limit=None) | Q(practice_limit__gte=1), name="practice_limit_allows_one"
            ),
        ]
        indexes = [models.Index(fields=["starts_at"]), models.Index(fields=["ends_at"])]

    def __str__(self) -> str:
        return f"{self.event}, {full_date(self.starts_at)}"

    def appointment(self) -> Appointment:
        """Return the date as everybody's appointment; registrations have an identity of their own."""
        return Appointment(
            uid=f"{self.key}@thuisbasis",
            sequence=self.sequence,
            stamped_at=self.changed_at,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            title=self.event.title,
            text=self.event.summary,
            url=self.event.absolute_url,
            place=self.place,
            is_cancelled=self.cancelled_at is not None,
        )

    @property
    def has_room_online(self) -> bool:
        """Say whether there is an online room, without saying where."""
        return bool(self.join_url)

    @property
    def organise_url(self) -> str:
        """Return the page of whoever runs this date."""
        return reverse("events:seats", args=[self.key])
