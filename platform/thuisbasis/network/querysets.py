"""Reads of the network; `visible_to` is the one rule for who may see what."""

import math
import re
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When

from thuisbasis.network.policies import Visitor


class VisibleQuerySetMixin(models.QuerySet):
    """For querysets over models with an `audience` and a `practice`."""

    def visible_to(self, visitor: Visitor) -> Self:
        """Keep only what this visitor may see today."""
        return self.filter(audience_filter(visitor))


class MembershipQuerySet(models.QuerySet):
    """Memberships, most often asked for a day."""

    def valid_on(self, day: date) -> Self:
        """Keep the memberships that hold on this day, both ends included, and were not ended before their time."""
        return self.not_ended(day).filter(start_date__lte=day)

    def not_ended(self, day: date) -> Self:
        """Keep the memberships that hold on this day or will hold later."""
        return self.filter(Q(end_date__isnull=True) | Q(end_date__gte=day), ended_at__isnull=True)

    def not_confirmed_since(self, day: date) -> Self:
        """Keep the memberships that nobody confirmed since this day, and that had begun by then."""
        return self.filter(Q(confirmed_at__isnull=True, start_date__lt=day) | Q(confirmed_at__date__lt=day))

    def coordinating(self) -> Self:
        """Keep the memberships of coordinators."""
        return self.filter(role="coordinator", user__is_active=True)


class ConsentQuerySet(models.QuerySet):
    """What people agreed to."""

    def valid_on(self, day: date) -> Self:
        """Keep what holds on this day; on the day of withdrawal it holds no more."""
        return self.filter(given_date__lte=day).filter(Q(withdrawn_date__isnull=True) | Q(withdrawn_date__gt=day))


class PracticeQuerySet(models.QuerySet):
    """Practices, most often looked for by place."""

    def shown(self) -> Self:
        """Keep the practices that editors published."""
        return self.filter(live=True)

    def in_network(self) -> Self:
        """Keep the practices that are members of the network, without befriended ones abroad."""
        return self.filter(in_network=True)

    def serving(self, municipality: str) -> Self:
        """Keep practices that stand in this municipality or say that they work there."""
        listed = rf"(^|,)\s*{re.escape(municipality)}\s*(,|$)"
        return self.filter(Q(municipality__iexact=municipality) | Q(municipalities_served__iregex=listed))

    def near(self, place: str) -> Self:
        """Keep practices whose municipality, region or name holds the place; all when empty."""
        words = place.split()
        found = self
        for word in words:
            found = found.filter(
                Q(municipality__icontains=word) | Q(municipalities_served__icontains=word) | Q(name__icontains=word)
            )
        return found

    def nearest_to(self, latitude: float, longitude: float) -> Self:
        """Order practices whose place is known by how far they are, the nearest first.

        On a piece of earth as small as this a degree of longitude is everywhere as wide as at the point itself.
        """
        north = F("latitude") - latitude
        east = (F("longitude") - longitude) * math.cos(math.radians(latitude))
        return self.exclude(latitude=None).order_by(north * north + east * east, "name")

    def by_place(self) -> Self:
        """Order by municipality and name; what has no place yet comes last."""
        return self.order_by(Case(When(municipality="", then=1), default=0), "municipality", "name")


class ThemeQuerySet(models.QuerySet):
    """Themes, which have a row for each language; what they share is the address part of the site's own language."""

    def originals(self) -> Self:
        """Keep the themes in the site's own language."""
        return self.filter(locale__language_code=settings.LANGUAGE_CODE)

    def shared_slugs(self) -> list[str]:
        """Return by which address part each theme is known in every language."""
        originals = self.model._default_manager.filter(locale__language_code=settings.LANGUAGE_CODE)
        keys = self.order_by().values("translation_key")
        return list(originals.filter(translation_key__in=keys).values_list("slug", flat=True))

    def names_by_shared_slug(self, slugs: list[str], language: str) -> dict[str, str]:
        """Return what themes are called in a language, or else in the site's own, in their order."""
        wanted = list(self.originals().filter(slug__in=slugs).values_list("translation_key", "slug", "name"))
        keys = [key for key, _slug, _name in wanted]
        translated = self.filter(locale__language_code=language, translation_key__in=keys)
        names = dict(translated.values_list("translation_key", "name"))
        return {slug: names.get(key, name) for key, slug, name in wanted}


def audience_filter(visitor: Visitor, prefix: str = "") -> Q:
    """Return the rule itself, for querysets that reach the audience through `prefix`."""
    rule = Q(**{f"{prefix}audience__in": sorted(visitor.audiences)})
    if visitor.practice_ids:
        rule |= Q(
            **{
                f"{prefix}audience": "own_practice",
                f"{prefix}practice_id__in": sorted(visitor.practice_ids),
            }
        )
    if visitor.working_group_ids:
        rule |= Q(
            **{
                f"{prefix}audience": "working_group",
                f"{prefix}working_group_id__in": sorted(visitor.working_group_ids),
            }
        )
    return rule
