"""Shows editors which month of a campaign lacks what."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.models import CampaignPage, KnowledgePage
from knowledge.models.campaign import MONTHLY_KINDS, month_of


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What a month has of one kind: how much is published, how much is a draft, and where to add more.

    `kind` is the model's name; `parent_key` is the page under which an editor adds one, None without.
    """

    published: int
    drafts: int
    kind: str
    parent_key: int | None

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
    parents = {kind: _parent_key(kind) for kind in MONTHLY_KINDS}
    months = [
        PlannedMonth(
            month=month.month,
            theme=month.title,
            cells=[_cell(counts, month.month.replace(day=1), kind, parents[kind]) for kind in MONTHLY_KINDS],
        )
        for month in campaign.months.order_by("month")
    ]
    return CampaignPlan(campaign=campaign, kinds=[kind.kind_label for kind in MONTHLY_KINDS], months=months)


def _cell(counts: Counter[tuple[date, Any, bool]], month: date, kind: Any, parent_key: int | None) -> Cell:
    name = kind._meta.model_name
    return Cell(
        published=counts[month, name, True], drafts=counts[month, name, False], kind=name, parent_key=parent_key
    )


def _parent_key(kind: Any) -> int | None:
    """Return the first page under which editors add pages of this kind."""
    [parent] = kind.allowed_parent_page_models()
    return parent.originals().values_list("pk", flat=True).first()
