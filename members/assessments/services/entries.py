"""Keeping one answer, so that nobody overwrites what somebody else, or another device, wrote meanwhile."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from members.assessments.models import Answer, Assessment, Consensus, EntryModel, ExternalRating
from members.assessments.questionnaires import NOT_APPLICABLE, Item, check_answer
from thuisbasis.network.traces import find_traces


class EntryIsStale(Exception):
    """Somebody changed the answer since it was read; `theirs` is what stands there now."""

    def __init__(self, theirs: EntryModel) -> None:
        super().__init__(theirs)
        self.theirs = theirs


class TextSaysTooMuch(Exception):
    """A reason or note seems to hold data of a resident: `label` is what it looks like, `shown` the words."""

    def __init__(self, label: Any, shown: str) -> None:
        super().__init__(label, shown)
        self.label, self.shown = label, shown


class ItemIsUnknown(Exception):
    """The assessment does not ask an item with that code."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What somebody sends for one item; `row_version` is the one that he or she saw, 0 for none."""

    item_code: str
    choice: str
    reason: str = ""
    note: str = ""
    row_version: int = 0

    def fields(self, model: type[EntryModel]) -> dict[str, str]:
        """Return what is kept of it in this model; a reason only where something does not apply."""
        kept = {"choice": self.choice, "reason": self.reason.strip() if self.choice == NOT_APPLICABLE else ""}
        return kept if model is Answer else {**kept, "note": self.note.strip()}


def asked_item(*, assessment: Assessment, code: str) -> Item:
    """Return an item that this assessment asks; raises ItemIsUnknown."""
    questionnaire = assessment.version.questionnaire
    item = questionnaire.item(code)
    if item is None or item not in questionnaire.asked(assessment.profile):
        raise ItemIsUnknown(code)
    return item


def keep_entry(
    *,
    model: type[Answer] | type[Consensus] | type[ExternalRating],
    owner: dict[str, Any],
    assessment: Assessment,
    entry: Entry,
    by: dict[str, Any],
    now: datetime,
) -> tuple[Any, str | None]:
    """Keep an answer and return it with what it said before, or None when nothing changed.

    `owner` names whose answer it is. The same content again changes nothing, so that a device may send
    it twice. Raises EntryIsStale, ItemIsUnknown, AnswerIsRefused or TextSaysTooMuch.
    """
    item = asked_item(assessment=assessment, code=entry.item_code)
    check_answer(item, entry.choice, entry.reason, is_scored=assessment.version.is_scored)
    fields = entry.fields(model)
    for text in (fields["reason"], fields.get("note", "")):
        found = find_traces(text)
        if found:
            raise TextSaysTooMuch(found[0].label, text[found[0].start : found[0].end])
    rows: Any = model._default_manager
    current = rows.filter(**owner, item_code=entry.item_code).first()
    if current is None:
        return _first(model, owner, entry, {**fields, **by, "saved_at": now})
    if all(getattr(current, name) == value for name, value in fields.items()):
        return current, None
    # The condition and the change are one statement: of two at the same moment, one finds nothing to change.
    changed = rows.filter(pk=current.pk, row_version=entry.row_version).update(
        **fields, **by, saved_at=now, row_version=entry.row_version + 1
    )
    if not changed:
        raise EntryIsStale(rows.get(pk=current.pk))
    return rows.get(pk=current.pk), said(current)


def _first(model: Any, owner: dict[str, Any], entry: Entry, values: dict[str, Any]) -> tuple[Any, str | None]:
    if not entry.choice and not entry.note:
        return model(**owner, item_code=entry.item_code, row_version=0, **values), None
    try:
        with transaction.atomic():
            return model.objects.create(**owner, item_code=entry.item_code, **values), ""
    except IntegrityError:
        current = model.objects.get(**owner, item_code=entry.item_code)
        if current.choice == values["choice"]:
            return current, None
        raise EntryIsStale(current) from None


def said(entry: EntryModel) -> str:
    """Return an answer as the log keeps it."""
    note = getattr(entry, "note", "")
    return " | ".join(part for part in (entry.choice, entry.reason, note) if part)
