"""The yes and no of the network: what someone is, and therefore may see and do."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Someone who looks at the site, reduced to what decides about seeing and doing, today.

    `practice_ids` are the practices in which the visitor has a membership, `network_practice_ids`
    those of them that belong to the network, `coordinated_ids` those that the visitor coordinates.
    """

    user_id: int | None = None
    practice_ids: frozenset[int] = frozenset()
    network_practice_ids: frozenset[int] = frozenset()
    coordinated_ids: frozenset[int] = frozenset()
    working_group_ids: frozenset[int] = frozenset()
    is_steering_group: bool = False
    is_researcher: bool = False
    is_editor: bool = False
    is_administrator: bool = False

    @property
    def audiences(self) -> frozenset[str]:
        """Return the audiences this visitor belongs to, whatever the practice or group."""
        audiences = {"public"}
        if self.is_member or self.is_editor:
            audiences.add("network")
        if self.is_steering_group:
            audiences.add("steering_group")
        return frozenset(audiences)

    @property
    def is_member(self) -> bool:
        """Say whether the visitor works at a practice of the network."""
        return bool(self.network_practice_ids)

    @property
    def needs_second_factor(self) -> bool:
        """Say whether a password alone is too little for what this visitor may do."""
        strong = (self.is_steering_group, self.is_researcher, self.is_editor, self.is_administrator)
        return bool(self.coordinated_ids) or any(strong)


ANONYMOUS = Visitor()


def may_see(visitor: Visitor, *, audience: str, practice_id: int | None, working_group_id: int | None = None) -> bool:
    """Say whether the visitor may see one object with this audience, as `visible_to` would."""
    if audience == "own_practice":
        return practice_id in visitor.practice_ids
    if audience == "working_group":
        return working_group_id in visitor.working_group_ids
    return audience in visitor.audiences


def may_see_object(visitor: Visitor, thing: Any) -> bool:
    """Say whether the visitor may see this object, which carries an audience of its own."""
    return may_see(
        visitor, audience=thing.audience, practice_id=thing.practice_id, working_group_id=thing.working_group_id
    )


def audience_keys(visitor: Visitor) -> frozenset[str]:
    """Return the keys (`audience_key`) of everything this visitor may see: `visible_to` for who has no database."""
    practices = {f"own_practice-{key}" for key in visitor.practice_ids}
    groups = {f"working_group-{key}" for key in visitor.working_group_ids}
    return visitor.audiences | practices | groups


def audience_key(thing: Any) -> str:
    """Return for whom an object is, in one word; a search engine filters on it."""
    if thing.audience == "own_practice":
        return f"own_practice-{thing.practice_id}"
    if thing.audience == "working_group":
        return f"working_group-{thing.working_group_id}"
    return str(thing.audience)


def may_confirm(visitor: Visitor, *, practice_id: int) -> bool:
    """Say whether the visitor may confirm what a practice says about itself."""
    return visitor.is_editor or practice_id in visitor.practice_ids


def may_coordinate(visitor: Visitor, *, practice_id: int) -> bool:
    """Say whether the visitor may invite, off-board and write for this practice."""
    return practice_id in visitor.coordinated_ids


def may_enter_portal(visitor: Visitor) -> bool:
    """Say whether there is anything in the portal for this visitor: whoever belongs to a practice, or runs the site."""
    return visitor.is_member or visitor.is_editor or visitor.is_administrator
