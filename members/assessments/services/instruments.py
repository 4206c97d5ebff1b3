"""The life of an instrument: a draft, then a version that never changes, then the next one."""

from datetime import date, datetime

from django.db import transaction

from members.assessments.models import InstrumentVersion, VersionStatus
from members.assessments.policies import may_manage_instruments
from members.assessments.reading import mistakes_in
from members.assessments.services.exporting import as_data
from members.assessments.services.finishing import checksum_of
from members.assessments.versions import ItemChange, changes_between
from thuisbasis.network.policies import Visitor
from thuisbasis.network.refusals import NotForYou

STREAMS = ("labels", "bands", "roles", "principles", "profile", "sections")
CARRIED_OVER = (
    "title", "short_title", "language", "purpose", "notice", "contact", "text_owner", "basis", "is_licensed",
    "licence_holder", "licence_reference", "visible_to_audience", "unit", "min_raters", "estimated_minutes", "method",
    "coverage_min", "min_answered_items", "na_flag_above", "overall", "unknown_label", "na_label", *STREAMS,
)  # fmt: skip


class VersionHasMistakes(Exception):
    """The version cannot be published yet; `mistakes` are pairs of a key and a code."""

    def __init__(self, mistakes: list[tuple[str, str]]) -> None:
        super().__init__(mistakes)
        self.mistakes = mistakes


class VersionIsNotADraft(Exception):
    """Only a draft is published, only a published version retired."""


@transaction.atomic
def publish_version(*, version: InstrumentVersion, visitor: Visitor, now: datetime) -> InstrumentVersion:
    """Make a draft ready for rounds; from then on it never changes.

    Raises NotForYou, VersionIsNotADraft or VersionHasMistakes.
    """
    if not may_manage_instruments(visitor):
        raise NotForYou
    version = InstrumentVersion.objects.select_for_update(of=("self",)).select_related("instrument").get(pk=version.pk)
    if version.status != VersionStatus.DRAFT:
        raise VersionIsNotADraft
    asked = version.questionnaire
    mistakes = mistakes_in(asked.sections, asked.profile, is_scored=asked.is_scored)
    if mistakes:
        raise VersionHasMistakes(mistakes)
    version.checksum = checksum_of(_plain(as_data(version)))
    version.status, version.published_at = VersionStatus.PUBLISHED, now
    version.save()
    return version


def _plain(data: dict) -> dict:
    """Return the data with days as text, for a digest."""
    version = {**data["version"], "valid_from": data["version"]["valid_from"].isoformat(), "status": "published"}
    return {**data, "version": version}


@transaction.atomic
def retire_version(*, version: InstrumentVersion, visitor: Visitor) -> None:
    """Take a version out of use; what was assessed with it stays. Raises NotForYou or VersionIsNotADraft."""
    if not may_manage_instruments(visitor):
        raise NotForYou
    rows = InstrumentVersion.objects.filter(pk=version.pk, status=VersionStatus.PUBLISHED)
    if not rows.update(status=VersionStatus.RETIRED):
        raise VersionIsNotADraft


@transaction.atomic
def draft_next(*, version: InstrumentVersion, visitor: Visitor, today: date) -> InstrumentVersion:
    """Make a draft that begins as a copy of this version, with the next number; raises NotForYou."""
    if not may_manage_instruments(visitor):
        raise NotForYou
    waiting = InstrumentVersion.objects.filter(replaces=version, status=VersionStatus.DRAFT).first()
    if waiting is not None:
        return waiting
    major, minor, _patch = (int(part) for part in version.number.split("."))
    taken = set(version.instrument.versions.values_list("number", flat=True))
    number = next(found for step in range(1, 1000) if (found := f"{major}.{minor + step}.0") not in taken)
    copied = {name: getattr(version, name) for name in CARRIED_OVER}
    return InstrumentVersion.objects.create(
        instrument=version.instrument, number=number, valid_from=today, replaces=version, **copied
    )


def changes_of(*, version: InstrumentVersion) -> list[ItemChange]:
    """Return what this version changed in the one that it replaces; nothing for a first version."""
    if version.replaces is None:
        return []
    return changes_between(version.replaces.questionnaire, version.questionnaire, version.item_links)
