"""What a practice says about itself."""

from datetime import date
from typing import Any

from django.db import transaction
from wagtail.models import Workflow, WorkflowState

from thuisbasis.accounts.models import AuditAction, User
from thuisbasis.accounts.services import record
from thuisbasis.network.models import Practice
from thuisbasis.network.policies import Visitor, may_confirm, may_coordinate


class PracticeIsNotYours(Exception):
    """Only people of a practice, or editors, say or confirm what it says about itself."""


@transaction.atomic
def confirm_practice(*, practice: Practice, visitor: Visitor, today: date) -> None:
    """Note that the practice looked at its entry today; raises PracticeIsNotYours for anyone else."""
    if not may_confirm(visitor, practice_id=practice.pk):
        raise PracticeIsNotYours
    practice.confirmed_date = today
    practice.save(update_fields=["confirmed_date"])


@transaction.atomic
def propose_change(*, practice: Practice, user: User, visitor: Visitor) -> Any:
    """Keep the changed practice as a proposal and send it to the editors; return the workflow's state.

    The public page stays as it is until an editor publishes the proposal. Raises
    PracticeIsNotYours for anyone but a coordinator of the practice.
    """
    if not may_coordinate(visitor, practice_id=practice.pk):
        raise PracticeIsNotYours
    practice.save_revision(user=user, log_action=True)
    record(action=AuditAction.PRACTICE_PROPOSED, actor=user, practice=practice)
    state = practice.current_workflow_state
    if state is None:
        workflow = practice.get_workflow() or Workflow.objects.filter(active=True).first()
        return workflow and workflow.start(practice, user)
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
    return state


def proposal_for(*, practice: Practice) -> Practice:
    """Return the practice as last proposed, or as it is published when nothing waits."""
    return practice.get_latest_revision_as_object() if practice.has_unpublished_changes else practice
