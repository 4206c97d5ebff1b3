"""Hears what editors decide about proposals, and tells the member."""

from typing import Any

from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published, task_rejected, workflow_cancelled

from members.exchange.models import Proposal, Report, ThemeExpert
from members.exchange.services.proposing import say
from thuisbasis.accounts.models import User
from thuisbasis.accounts.signals import person_erased
from thuisbasis.notices.services import notify


def connect() -> None:
    """Listen to Wagtail and to the accounts."""
    task_rejected.connect(_sent_back, dispatch_uid="exchange-sent-back")
    workflow_cancelled.connect(_put_aside, dispatch_uid="exchange-put-aside")
    page_published.connect(_published, dispatch_uid="exchange-published")
    person_erased.connect(_person_erased, dispatch_uid="exchange-erased")


def _proposal_of(thing: Any) -> Proposal | None:
    if not isinstance(thing, Page):
        return None
    return Proposal.objects.filter(page=thing.pk).select_related("author").first()


def _sent_back(instance: Any, user: Any = None, **kwargs: Any) -> None:
    """Keep the editor's remark in the thread, and tell the member."""
    proposal = _proposal_of(instance.workflow_state.content_object)
    if proposal is not None:
        comment = instance.comment or instance.get_comment()
        say(proposal=proposal, author=user or proposal.author, text=comment, is_from_editors=True, now=timezone.now())


def _put_aside(instance: Any, user: Any = None, **kwargs: Any) -> None:
    proposal = _proposal_of(instance.content_object)
    if proposal is not None and user is not None and user != proposal.author:
        notify(users=[proposal.author], kind="proposal_put_aside", source_pk=proposal.pk, now=timezone.now())


def _published(instance: Page, **kwargs: Any) -> None:
    proposal = _proposal_of(instance)
    if proposal is not None:
        notify(users=[proposal.author], kind="proposal_published", source_pk=proposal.pk, now=timezone.now())


def _person_erased(user: User, **kwargs: Any) -> None:
    """Forget on what somebody helped and what he or she reported; questions and answers stay, without the name."""
    ThemeExpert.objects.filter(user=user).delete()
    Report.objects.filter(reporter=user).delete()
