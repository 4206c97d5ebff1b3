"""The yes and no of the exchange that is not the network's already."""

from typing import Any

from thuisbasis.network.policies import Visitor


def may_ask(visitor: Visitor) -> bool:
    """Say whether the visitor may ask and answer: who works at a practice of the network."""
    return visitor.is_member


def may_announce(visitor: Visitor) -> bool:
    """Say whether the visitor may write to everyone in the name of the steering group."""
    return visitor.is_steering_group


def may_hide(visitor: Visitor, post: Any) -> bool:
    """Say whether the visitor may hide a text at once: its author, coordinators, steering group and editors.

    Hiding is never final, so that whoever sees a resident's data need not wait for anybody.
    """
    stewards = bool(visitor.coordinated_ids) or visitor.is_steering_group or visitor.is_editor
    return stewards or post.author_id == visitor.user_id


def may_accept(visitor: Visitor, question: Any) -> bool:
    """Say whether the visitor may say which answer helped: who asked."""
    return visitor.user_id is not None and question.author_id == visitor.user_id
