"""The yes and no of the network: what someone is, and therefore may see."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Someone who looks at the site, reduced to what decides about seeing.

    `practice_ids` are the practices in which the visitor has a membership today.
    """

    practice_ids: frozenset[int] = frozenset()
    is_steering_group: bool = False
    is_editor: bool = False

    @property
    def audiences(self) -> frozenset[str]:
        """Return the audiences this visitor belongs to, whatever the practice."""
        audiences = {"public"}
        if self.practice_ids or self.is_editor:
            audiences.add("network")
        if self.is_steering_group:
            audiences.add("steering_group")
        return frozenset(audiences)


ANONYMOUS = Visitor()


def may_see(visitor: Visitor, *, audience: str, practice_id: int | None) -> bool:
    """Say whether the visitor may see one object with this audience, as `visible_to` would."""
    if audience == "own_practice":
        return practice_id in visitor.practice_ids
    return audience in visitor.audiences


def may_confirm(visitor: Visitor, *, practice_id: int) -> bool:
    """Say whether the visitor may confirm what a practice says about itself."""
    return visitor.is_editor or practice_id in visitor.practice_ids
