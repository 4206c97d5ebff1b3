"""The yes and no of the self-assessment: a practice's own is its own."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from thuisbasis.network.policies import Visitor, may_coordinate, may_enter_portal


class State(models.TextChoices):
    """How far an assessment is."""

    OPEN = "open", _("iedereen vult in")
    CONSENSUS = "consensus", _("samen afspreken")
    REVIEW = "review", _("blik van buiten")
    FINAL = "final", _("klaar")
    AMENDED = "amended", _("klaar, later gewijzigd")


FINISHED = (State.FINAL, State.AMENDED)
# What leads from which state to which; anything else is refused.
TRANSITIONS: dict[str, tuple[str, ...]] = {
    State.OPEN: (State.CONSENSUS,),
    State.CONSENSUS: (State.OPEN, State.REVIEW, State.FINAL, State.AMENDED),
    State.REVIEW: (State.CONSENSUS, State.FINAL, State.AMENDED),
    State.FINAL: (State.CONSENSUS,),
    State.AMENDED: (State.CONSENSUS,),
}
# A practice shows to which low items it looks for help, from this value on the scale of 1 to 4.
LOW = 2
# From this value on a practice may offer to be asked.
HIGH = 3


def may_see_assessment(visitor: Visitor, assessment: Any) -> bool:
    """Say whether the visitor may see an assessment: whoever works at the practice, today."""
    return assessment.practice_id in visitor.practice_ids


def may_lead(visitor: Visitor, assessment: Any) -> bool:
    """Say whether the visitor may start, go on to the next step, ask a reviewer and make final."""
    return may_coordinate(visitor, practice_id=assessment.practice_id)


def may_answer(visitor: Visitor, response: Any) -> bool:
    """Say whether the visitor may see and change this form: who fills it in, while working there."""
    own = response.user_id == visitor.user_id and response.user_id is not None
    return own and may_see_assessment(visitor, response.assessment)


def is_enough_raters(submitted: int, least: int) -> bool:
    """Say whether so many raters make it the work of a team."""
    return submitted >= least


def may_read_text(visitor: Visitor, version: Any) -> bool:
    """Say whether the visitor may read the questions: of a text with a licence only those whom it names."""
    if not version.is_licensed:
        return may_enter_portal(visitor)
    return version.visible_to_audience in visitor.audiences


def may_see_network(visitor: Visitor) -> bool:
    """Say whether the visitor may see how the network as a whole does: steering group and researchers."""
    return visitor.is_steering_group or visitor.is_researcher


def may_manage_instruments(visitor: Visitor) -> bool:
    """Say whether the visitor may write, publish and take instruments."""
    return visitor.is_administrator


def may_rate(visitor: Visitor, review: Any) -> bool:
    """Say whether the visitor may fill in this review: who was asked, until it is handed in or sent back."""
    return review.reviewer_id == visitor.user_id and visitor.is_member and review.closed_at is None


def may_see_review(visitor: Visitor, review: Any) -> bool:
    """Say whether the visitor may read a review: its writer, the practice once it is in, others once it is shared."""
    if review.reviewer_id == visitor.user_id:
        return True
    if review.submitted_at is None:
        return False
    return may_see_assessment(visitor, review.assessment) or (
        review.shared_at is not None and "network" in visitor.audiences
    )
