"""Where the practices are."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from knowledge.models.section import SectionPage
from thuisbasis.network.models import Practice


class PracticeIndexPage(SectionPage):
    """All practices, by province; found by place."""

    parent_page_types = ["knowledge.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("overzicht praktijken")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the practices near the place in the address, grouped by province."""
        context = super().get_context(request, *args, **kwargs)
        place = " ".join(request.GET.get("plaats", "").split())[:80]
        practices = sorted(
            Practice.objects.near(place).select_related("care_provider"),
            key=lambda practice: (
                not practice.province,
                practice.get_province_display(),
                practice.municipality,
                practice.name,
            ),
        )
        grouped = groupby(practices, key=lambda practice: practice.get_province_display())
        return {
            **context,
            "place": place,
            "practice_count": len(practices),
            "provider_count": len({practice.care_provider_id for practice in practices}),
            "provinces": [(province or _now("Plaats nog niet bekend"), list(members)) for province, members in grouped],
        }
