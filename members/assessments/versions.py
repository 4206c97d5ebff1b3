"""What changed between two versions of an instrument, question by question."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from members.assessments.questionnaires import Item, Questionnaire


class Change(Enum):
    """From nothing to gone; figures stay comparable over the first two only."""

    SAME = "same"
    EDITORIAL = "editorial"
    SUBSTANTIVE = "substantive"
    NEW = "new"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True)
class ItemChange:
    """What happened to one question; `old` or `new` is None when it is not in that version."""

    change: Change
    old: Item | None
    new: Item | None


# Old and new code, with what an administrator said of the change: "editorial" or "substantive".
Links = Mapping[tuple[str, str], str]


def changes_between(old: Questionnaire, new: Questionnaire, links: Links) -> list[ItemChange]:
    """Return what happened to each question, in the order of the new version, then what is gone.

    Questions belong together when a link says so, or else by their code. A changed wording counts as
    substantive until somebody says that it is editorial; other values, weights or rules always do.
    """
    renamed = {new_code: old_code for old_code, new_code in links}
    met, found = set(), []
    for item in new.items:
        before = old.item(renamed.get(item.code, item.code))
        if before is None or (item.code not in renamed and before.code in {code for code, _new in links}):
            found.append(ItemChange(change=Change.NEW, old=None, new=item))
            continue
        met.add(before.code)
        said = links.get((before.code, item.code), "")
        found.append(ItemChange(change=_change(before, item, said), old=before, new=item))
    gone = [item for item in old.items if item.code not in met]
    return found + [ItemChange(change=Change.REMOVED, old=item, new=None) for item in gone]


def _change(before: Item, after: Item, said: str) -> Change:
    if _measured(before) != _measured(after):
        return Change.SUBSTANTIVE
    if said:
        return Change(said)
    return Change.SAME if _worded(before) == _worded(after) else Change.SUBSTANTIVE


def _measured(item: Item) -> tuple:
    values = tuple((option.code, option.value) for option in item.options)
    return values, item.weight, item.may_be_not_applicable, item.relevance


def _worded(item: Item) -> tuple:
    return item.text, item.help, item.evidence, tuple(option.text for option in item.options)


def comparable_codes(old: Questionnaire, new: Questionnaire, links: Links) -> dict[str, str]:
    """Return the code in the new version of each old question whose figures may be compared."""
    kept = (Change.SAME, Change.EDITORIAL)
    return {
        row.old.code: row.new.code
        for row in changes_between(old, new, links)
        if row.change in kept and row.old and row.new
    }
