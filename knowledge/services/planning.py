"""Shows editors which month of a campaign lacks what."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.models import CampaignPage, KnowledgePage
from knowledge.models.campaign import MONTHLY_KINDS, month_of


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What a month has of one kind: how much is published, and how much is still a draft."""

    published: int
    drafts: int

    @property
    def is_gap(self) -> bool:
        """Say whether nothing is published or in the making."""
        return not self.published and not self.drafts


@dataclass(frozen=True, kw_only=True)
class PlannedMonth:
    """A month of a campaign with a cell for each kind."""

    month: date
    theme: str
    cells: list[Cell]


@dataclass(frozen=True, kw_only=True)
class CampaignPlan:
    """A campaign as editors plan it; `gap_count` counts the empty cells."""

    campaign: CampaignPage
    kinds: list[Any]
    months: list[PlannedMonth]

    @property
    def gap_count(self) -> int:
        """Return how many cells are empty."""
        return sum(cell.is_gap for month in self.months for cell in month.cells)


def plan_of(*, campaign: CampaignPage) -> CampaignPlan:
    """Return what each month of the campaign has and lacks, drafts included: for editors only."""
    counts: Counter[tuple[date, Any, bool]] = Counter()
    for page in campaign.pages_of(KnowledgePage.objects.all()):
        counts[month_of(page), page.specific_class._meta.model_name, page.live] += 1
    months = [
        PlannedMonth(
            month=month.month,
            theme=month.title,
            cells=[
                Cell(
                    published=counts[month.month.replace(day=1), kind._meta.model_name, True],
                    drafts=counts[month.month.replace(day=1), kind._meta.model_name, False],
                )
                for kind in MONTHLY_KINDS
            ],
        )
        for month in campaign.months.order_by("month")
    ]
    return CampaignPlan(campaign=campaign, kinds=[kind.kind_label for kind in MONTHLY_KINDS], months=months)
