"""The yes and no of the library that is not the network's already."""

from typing import Any

from thuisbasis.network.policies import Visitor, may_coordinate


def may_share(visitor: Visitor) -> bool:
    """Say whether the visitor may share documents: who works at a practice of the network."""
    return visitor.is_member


def may_change(visitor: Visitor, document: Any) -> bool:
    """Say whether the visitor may change a document: who owns it, or coordinates the practice that shares it."""
    is_own = visitor.user_id is not None and visitor.user_id in (document.owner_id, document.author_id)
    works_there = document.practice_id in visitor.practice_ids
    return (is_own and works_there) or may_coordinate(visitor, practice_id=document.practice_id)


def may_see_downloads(visitor: Visitor, document: Any) -> bool:
    """Say whether the visitor may see who downloaded it: the coordinators of the practice that shares it."""
    return may_coordinate(visitor, practice_id=document.practice_id)
