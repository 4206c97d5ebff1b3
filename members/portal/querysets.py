"""Reads of the portal."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from thuisbasis.network.models import Membership
from thuisbasis.network.policies import Visitor, may_enter_portal


class InvitationQuerySet(models.QuerySet):
    """Invitations, by what became of them."""

    def open(self) -> Self:
        """Keep what was neither accepted nor revoked; it may have expired."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def usable(self, now: datetime) -> Self:
        """Keep what still opens the door."""
        return self.open().filter(expires_at__gt=now)

    def long_over(self, moment: datetime) -> Self:
        """Keep what has been of no use since before this moment."""
        return self.filter(Q(expires_at__lt=moment) | Q(accepted_at__lt=moment) | Q(revoked_at__lt=moment))


class ProfileQuerySet(models.QuerySet):
    """Members, as members see each other."""

    def visible_to(self, visitor: Visitor) -> Self:
        """Keep everyone, for whoever may enter the portal; nobody for all others."""
        return self if may_enter_portal(visitor) else self.none()

    def present(self, day: date) -> Self:
        """Keep who works at a practice of the network on this day and can log in."""
        works = Membership.objects.filter(user=OuterRef("user"), practice__in_network=True).valid_on(day)
        return self.filter(Exists(works), user__is_active=True)

    def of_practice(self, practice_id: int, day: date) -> Self:
        """Keep who works at this practice on this day."""
        works = Membership.objects.filter(user=OuterRef("user"), practice=practice_id).valid_on(day)
        return self.filter(Exists(works), user__is_active=True)

    def matching(self, text: str, day: date) -> Self:
        """Keep who has each of these words in name, work, practice or place; everyone for no words."""
        found = self
        for word in text.split():
            works = Membership.objects.filter(user=OuterRef("user")).valid_on(day)
            at_place = works.filter(
                Q(practice__name__icontains=word)
                | Q(practice__municipality__icontains=word)
                | Q(practice__care_provider__name__icontains=word)
            )
            found = found.filter(
                Q(user__first_name__icontains=word)
                | Q(user__last_name__icontains=word)
                | Q(job_title__icontains=word)
                | Q(ask_me_about__icontains=word)
                | Exists(at_place)
            )
        return found
