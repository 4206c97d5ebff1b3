"""From what a practice does to an article on the site: proposed by a member, moderated in Wagtail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bs4 import BeautifulSoup
from django.db import transaction
from django.utils import timezone
from django.utils.html import linebreaks
from wagtail.models import WorkflowState
from wagtail.users.models import UserProfile

from knowledge.models import Appearance, ArticleIndexPage, PracticeArticlePage
from members.exchange.models import Answer, Proposal, ProposalMessage
from members.exchange.policies import may_ask
from members.exchange.services.asking import note_overridden
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Audience, Consent, ConsentUse, Person, Practice
from thuisbasis.network.policies import Visitor
from thuisbasis.network.refusals import NotForYou
from thuisbasis.notices.services import notify

TEXT_FIELDS = ("aim", "target_group", "results", "what_did_not_work")


class NoPlaceForProposals(Exception):
    """The site has no section with practice articles yet."""


class NotYourProposal(Exception):
    """Only whoever proposed something changes the proposal."""


class ProposalIsClosed(Exception):
    """The article stands on the site, or the editors took it over: they change it now."""


@dataclass(frozen=True, kw_only=True)
class ProposalState:
    """Where a proposal is: with the editors, back at its author, on the site, or put aside."""

    name: str
    url: str = ""

    @property
    def may_change(self) -> bool:
        """Say whether the author may still change it."""
        return self.name in ("waiting", "back")


@transaction.atomic
def propose_article(
    *,
    author: User,
    visitor: Visitor,
    practice: Practice,
    content: dict[str, Any],
    overridden: Iterable[str],
    now: datetime,
) -> Proposal:
    """Make a draft article of what a member wrote, and start its way past the editors.

    `content` has title, summary, text, aim, target_group, results, what_did_not_work, themes and
    credits_author. The form has asked whether the practice agrees. Raises NotForYou or
    NoPlaceForProposals.
    """
    if not may_ask(visitor) or practice.pk not in visitor.network_practice_ids:
        raise NotForYou
    section = ArticleIndexPage.originals().live().first()
    if section is None:
        raise NoPlaceForProposals
    page = _draft(author, practice, section, content)
    if content["credits_author"]:
        _credit(page, author, practice, now)
    # What a member cannot know, the editors fill in before they publish.
    page.save_revision(user=author, log_action=True, clean=False)
    proposal = Proposal.objects.create(
        author=author,
        page=page,
        title=page.title,
        practice_agreed_at=now,
        credits_author=content["credits_author"],
        created_at=now,
    )
    note_overridden(author, overridden, proposal.get_absolute_url(), now)
    _keep_wagtails_mail_away_from(author)
    workflow = page.get_workflow()
    if workflow is None:
        raise NoPlaceForProposals
    workflow.start(page, author)
    return proposal


def _draft(author: User, practice: Practice, section: ArticleIndexPage, content: dict[str, Any]) -> PracticeArticlePage:
    page = PracticeArticlePage(
        live=False,
        has_unpublished_changes=True,
        owner=author,
        content_owner=author,
        practice=practice,
        contact_name=practice.name,
        contact_email=practice.email,
        audience=Audience.PUBLIC,
    )
    _write(page, content)
    section.add_child(instance=page)
    page.themes.set(content["themes"])
    return page


@transaction.atomic
def revise_proposal(
    *, proposal: Proposal, author: User, content: dict[str, Any], answer: str, overridden: Iterable[str], now: datetime
) -> None:
    """Change a proposal, answer the editors and hand it to them again, in the same thread.

    Raises NotYourProposal or ProposalIsClosed.
    """
    if proposal.author_id != author.pk:
        raise NotYourProposal
    if proposal.page is None or not proposal_state(proposal).may_change:
        raise ProposalIsClosed
    page = proposal.page.get_latest_revision_as_object()
    _write(page, content)
    page.themes.set(content["themes"])
    page.save_revision(user=author, log_action=True, clean=False)
    Proposal.objects.filter(pk=proposal.pk).update(title=content["title"])
    if answer:
        say(proposal=proposal, author=author, text=answer, is_from_editors=False, now=now)
    note_overridden(author, overridden, proposal.get_absolute_url(), now)
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(author)


def say(*, proposal: Proposal, author: User, text: str, is_from_editors: bool, now: datetime) -> None:
    """Add a message to the thread; one of the editors is told to the member."""
    message = ProposalMessage.objects.create(
        proposal=proposal, author=author, text=text[:2000], is_from_editors=is_from_editors, created_at=now
    )
    if is_from_editors:
        notify(users=[proposal.author], kind="proposal_message", source_pk=message.pk, now=now)


def proposal_state(proposal: Proposal) -> ProposalState:
    """Return where a proposal is now (two queries)."""
    page = proposal.page
    if page is None:
        return ProposalState(name="gone")
    if page.live:
        return ProposalState(name="published", url=page.url or "")
    state = page.current_workflow_state
    if state is None:
        return ProposalState(name="put_aside")
    is_back = state.status == WorkflowState.STATUS_NEEDS_CHANGES
    return ProposalState(name="back" if is_back else "waiting")


def content_of(proposal: Proposal) -> dict[str, Any]:
    """Return what a member wrote, for the form; plain text again."""
    page: Any = proposal.page.get_latest_revision_as_object() if proposal.page else None
    if page is None:
        return {"title": proposal.title}
    text = "\n\n".join(_plain(block.value.source) for block in page.body if block.block_type == "text")
    rest = {name: _plain(getattr(page, name)) for name in TEXT_FIELDS}
    return {"title": page.title, "summary": page.summary, "text": text, "themes": page.themes.all(), **rest}


def from_answer(key: str, visitor: Visitor) -> dict[str, Any]:
    """Return a proposal's beginning, made of an answer that this visitor may see."""
    if not (key.isascii() and key.isdecimal() and len(key) < 12):
        return {}
    answer = Answer.objects.visible_to(visitor).select_related("question").filter(pk=int(key)).first()
    if answer is None:
        return {}
    themes = [theme.pk for theme in answer.question.themes.all()]
    return {"title": answer.question.title[:120], "text": answer.text, "themes": themes}


def _plain(html: str) -> str:
    parts = BeautifulSoup(html, "html.parser").find_all("p")
    return "\n\n".join("\n".join(part.stripped_strings) for part in parts)


def _write(page: PracticeArticlePage, content: dict[str, Any]) -> None:
    page.title, page.summary = content["title"], content["summary"]
    page.body = [("text", _html(content["text"]))]
    for name in TEXT_FIELDS:
        setattr(page, name, _html(content[name]))


def _html(text: str) -> str:
    """Return plain text as paragraphs; whatever looks like markup is text too."""
    return linebreaks(text.strip(), autoescape=True) if text.strip() else ""


def _credit(page: PracticeArticlePage, author: User, practice: Practice, now: datetime) -> None:
    """Name the author, who agreed to that in the form."""
    today = timezone.localdate(now)
    values = {"name": str(author), "practice": practice, "description": practice.name}
    person = Person.objects.filter(email=author.email).order_by("pk").first()
    if person is None:
        person = Person.objects.create(email=author.email, **values)
    if ConsentUse.AUTHOR not in person.uses_agreed_on(today):
        consent = Consent(person=person, use=ConsentUse.AUTHOR, given_date=today)
        consent.evidence = "Voorstel op Thuisbasis"
        consent.save()
    page.appearances.add(Appearance(person=person, role=ConsentUse.AUTHOR))


def _keep_wagtails_mail_away_from(author: User) -> None:
    """Let our own notices tell the member: Wagtail's mail leads to an admin that is closed to members."""
    if not author.has_perm("wagtailadmin.access_admin"):
        profile = UserProfile.get_for_user(author)
        profile.submitted_notifications = profile.approved_notifications = profile.rejected_notifications = False
        profile.save()
