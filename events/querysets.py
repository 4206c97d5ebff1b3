"""Reads of the agenda."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from events.policies import DOOR_CLOSES_AFTER, Status
from thuisbasis.network.policies import Visitor
from thuisbasis.network.querysets import audience_filter

HOLDS = (Status.CONFIRMED, Status.OFFERED)


def is_of_person(user_id: int | None, email: str, prefix: str = "") -> Q:
    """Return what holds for the registrations of somebody with an account, or else of this address."""
    mine = {"user_id": user_id} if user_id else {"user_id": None, "email": email}
    return Q(**{f"{prefix}{name}": value for name, value in mine.items()})


def is_same_person(user_id: int | None, email: str) -> Q:
    """Return what holds for whatever somebody registered, logged in or not, under this address."""
    without_login = Q(user=None, email=email)
    if user_id:
        return without_login | Q(user_id=user_id)
    owners = get_user_model()._default_manager.alias(address=Lower("email")).filter(address=email.lower())
    return without_login | Q(user_id__in=owners.values("pk"))


class OccurrenceQuerySet(QuerySet):
    """Dates on which events are held."""

    def visible_to(self, visitor: Visitor) -> Self:
        """Keep the dates of events that are published and meant for this visitor."""
        return self.filter(audience_filter(visitor, prefix="event__"), event__live=True)

    def not_over(self, now: datetime) -> Self:
        """Keep what is still to come or going on."""
        return self.filter(ends_at__gt=now)

    def upcoming(self, now: datetime) -> Self:
        """Keep what is still to come or going on, soonest first."""
        return self.not_over(now).order_by("starts_at", "pk")

    def over(self, now: datetime) -> Self:
        """Keep what was held, latest first."""
        return self.filter(ends_at__lte=now).order_by("-starts_at", "-pk")

    def held(self, now: datetime) -> Self:
        """Keep what was not cancelled and is over."""
        return self.filter(cancelled_at=None, ends_at__lte=now)

    def between(self, first: date, last: date) -> Self:
        """Keep what begins from the first day to the last."""
        opens, closes = (
            timezone.make_aware(datetime.combine(day, time.min)) for day in (first, last + timedelta(days=1))
        )
        return self.filter(starts_at__gte=opens, starts_at__lt=closes).order_by("starts_at", "pk")

    def with_waiting(self) -> Self:
        """Keep the dates for which somebody waits or has an offer."""
        registrations: Any = self.model._meta.get_field("registrations").related_model
        rows = registrations.objects.filter(occurrence=OuterRef("pk"), status__in=(Status.WAITING, Status.OFFERED))
        return self.filter(Exists(rows))

    def with_seats(self) -> Self:
        """Add how many seats are confirmed, offered, and waited for."""
        # Asked of each date apart: joined with all that is read of it, each registration would be a row of everything.
        registrations: Any = self.model._meta.get_field("registrations").related_model
        of_date = registrations.objects.filter(occurrence=OuterRef("pk")).order_by().values("occurrence")
        counts = {
            name: Coalesce(Subquery(of_date.filter(status=status).annotate(sum=Sum("seats")).values("sum")), 0)
            for name, status in (
                ("confirmed_seats", Status.CONFIRMED),
                ("offered_seats", Status.OFFERED),
                ("waiting_seats", Status.WAITING),
            )
        }
        return self.annotate(**counts).order_by("starts_at", "pk")


@dataclass(frozen=True, kw_only=True)
class Tally:
    """One date: seats held (confirmed or offered), held by one practice, the last place given, and how many wait.

    `known` is the key of the registration of whoever asks, when there is one.
    """

    held: int
    held_by_practice: int
    last_place: int
    waiting: int
    known: int | None = None


class RegistrationQuerySet(QuerySet):
    """Who comes, waits or came."""

    def active(self) -> Self:
        """Keep who has a seat, an offer or a place in the queue."""
        return self.exclude(status=Status.ENDED)

    def confirmed(self) -> Self:
        """Keep who has a seat."""
        return self.filter(status=Status.CONFIRMED)

    def in_queue(self) -> Self:
        """Keep who waits, in the order of the queue."""
        return self.filter(status=Status.WAITING).order_by("place", "pk")

    def overdue(self, now: datetime) -> Self:
        """Keep offers that were not answered in time."""
        return self.filter(status=Status.OFFERED, offered_until__lte=now).order_by("place", "pk")

    def of_person(self, user_id: int | None, email: str) -> Self:
        """Keep the registrations of somebody with an account, or else of this address."""
        return self.filter(is_of_person(user_id, email))

    def tally(self, practice_id: int | None, person: Q | None = None) -> Tally:
        """Count, in one query; `person` says whose registration to look for."""
        holds = Q(status__in=HOLDS)
        found = self.aggregate(
            held=Sum("seats", filter=holds),
            of_practice=Sum("seats", filter=holds & Q(practice_id=practice_id)) if practice_id else Max(F("pk") * 0),
            last_place=Max("place"),
            waiting=Count("pk", filter=Q(status=Status.WAITING)),
            **({"known": Max("pk", filter=person & ~Q(status=Status.ENDED) & Q(rest_of=None))} if person else {}),
        )
        return Tally(
            held=found["held"] or 0,
            held_by_practice=found["of_practice"] or 0,
            last_place=found["last_place"] or 0,
            waiting=found["waiting"],
            known=found.get("known"),
        )

    def ahead_of(self, registration: Any) -> int:
        """Count who stands before this one in the queue."""
        return (
            self.filter(status=Status.WAITING, occurrence=registration.occurrence_id)
            .filter(Q(place__lt=registration.place) | Q(place=registration.place, pk__lt=registration.pk))
            .count()
        )

    def visible_to(self, visitor: Visitor) -> Self:
        """Keep registrations for events that this visitor may see; whose they are is another question."""
        return self.filter(audience_filter(visitor, prefix="occurrence__event__"))

    def around(self, now: datetime) -> Self:
        """Keep those whose date is not over, or was until a moment ago, soonest first."""
        rows = self.filter(occurrence__ends_at__gt=now - DOOR_CLOSES_AFTER)
        return rows.order_by("occurrence__starts_at", "pk")

    def for_list(self) -> Self:
        """Fetch along what a list of participants shows."""
        return self.select_related("user", "practice", "attendance").prefetch_related("answers")


class ReminderQuerySet(QuerySet):
    """Reminders that were sent."""

    def kinds_sent(self, registrations: Any) -> set[tuple[int, str]]:
        """Return which of these registrations had which reminder."""
        return set(self.filter(registration__in=registrations).values_list("registration_id", "kind"))


class CertificateQuerySet(QuerySet):
    """Certificates."""

    def valid(self) -> Self:
        """Keep those that no later one replaced."""
        return self.filter(voided_at=None)


class GivenAnswerQuerySet(QuerySet):
    """Answers to what an organiser asked."""

    def due(self, today: date) -> Self:
        """Keep what must be forgotten by now."""
        return self.filter(kept_until__lt=today)
