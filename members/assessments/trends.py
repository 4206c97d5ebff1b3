"""Whether two rounds may be joined by a line: figures of changed questions tell another story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from members.assessments.questionnaires import Item, Rules
from members.assessments.scoring import on_scale, position, score_section

# Common items must carry this part of the weight in both versions.
LEAST_COMMON = Fraction(4, 5)


class Joint(Enum):
    """How two moments are joined."""

    LINE = "line"
    LINKED = "linked"
    GAP = "gap"


@dataclass(frozen=True, kw_only=True)
class Step:
    """From one round to the next; both values are of the same items, and None at a gap."""

    joint: Joint
    before: Fraction | None
    after: Fraction | None


def step_between(
    *,
    before: tuple[Sequence[Item], Mapping[str, str]],
    after: tuple[Sequence[Item], Mapping[str, str]],
    links: Mapping[str, str],
    rules: Rules,
) -> Step:
    """Join two rounds of a section.

    `before` and `after` are the items that were asked and the agreed choices; `links` maps codes of
    the old version to those of the new one for items that stayed the same but for their wording.
    """
    old_items, old_choices = before
    new_items, new_choices = after
    old = {item.code: item for item in old_items}
    new = {item.code: item for item in new_items}
    pairs = [(old[one], new[other]) for one, other in links.items() if one in old and other in new]
    if len(pairs) == len(old) == len(new):
        values = (
            score_section(old_items, old_choices, rules).value,
            score_section(new_items, new_choices, rules).value,
        )
        return Step(joint=Joint.LINE, before=values[0], after=values[1]) if None not in values else _GAP
    if not (_carries([pair[0] for pair in pairs], old_items) and _carries([pair[1] for pair in pairs], new_items)):
        return _GAP
    return _linked(pairs, old_choices, new_choices)


_GAP = Step(joint=Joint.GAP, before=None, after=None)


def _carries(part: Sequence[Item], whole: Sequence[Item]) -> bool:
    total = sum((item.weight for item in whole), Fraction(0))
    return total > 0 and sum((item.weight for item in part), Fraction(0)) >= LEAST_COMMON * total


def _linked(pairs: Sequence[tuple[Item, Item]], old_choices: Mapping[str, str], new_choices: Mapping[str, str]) -> Step:
    """Score the items that both rounds have and answered, weighed as the new version does."""
    both = []
    for old, new in pairs:
        places = (position(old, old_choices.get(old.code, "")), position(new, new_choices.get(new.code, "")))
        if places[0] is not None and places[1] is not None:
            both.append((new.weight, places[0], places[1]))
    total = sum((weight for weight, _before, _after in both), Fraction(0))
    if not total or not _carries([new for _old, new in pairs][: len(both)], [new for _old, new in pairs]):
        return _GAP
    return Step(
        joint=Joint.LINKED,
        before=on_scale(sum((weight * place for weight, place, _after in both), Fraction(0)) / total),
        after=on_scale(sum((weight * place for weight, _before, place in both), Fraction(0)) / total),
    )
